import {
  defaultRangeExtractor,
  type Range,
  useWindowVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from "react";
import type { Task } from "@/shared/api/types";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { focusIn, onReveal } from "../model/rows";
import type { RowsProps } from "./task-rows";

const OVERSCAN = 8;
/** So many rows more are drawn in a frame at first, and at most. */
const FIRST_STEP = 2;
const LONGEST_STEP = 6;
/** A frame that took longer had too many of them, a shorter one has room. */
const SLOW_MS = 30;
const QUICK_MS = 18;
const ROW_HEIGHT = 40;
/** On a phone titles take a line or two: this is about what they come to, until they are measured. */
const PHONE_HEIGHT = 62;

/**
 * Draws the rows near the window only. The list keeps its full height and says its size
 * and places, the focused row stays drawn wherever it is, and keys bring far rows near.
 * The browser's own find reaches drawn rows only; the palette and the filter find all.
 */
export function VirtualRows({ label, tasks, drawRow }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const isPhone = useMediaQuery(PHONE);
  const { margin, height } = useMeasures(list, tasks, isPhone ? PHONE_HEIGHT : null);
  const indexOf = useCallback((id: number) => tasks.findIndex((task) => task.id === id), [tasks]);
  const rows = useWindowVirtualizer<HTMLLIElement>({
    count: tasks.length,
    estimateSize: () => height,
    scrollMargin: margin,
    overscan: OVERSCAN,
    useFlushSync: false,
    getItemKey: (index) => tasks[index]?.id ?? index,
    rangeExtractor: (range) => withFocused(range, indexOf),
  });
  // One height for all is cheaper, where rows have it.
  const measure = isPhone ? rows.measureElement : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes follow from the height alone
  useLayoutEffect(() => rows.measure(), [height]);
  useEffect(
    () =>
      onReveal((id) => {
        const index = indexOf(id);
        if (index >= 0) rows.scrollToIndex(index, { align: "center" });
      }),
    [rows, indexOf],
  );
  const items = useSteps(rows, tasks);
  return (
    <ul ref={list} aria-label={label} className="relative" style={{ height: rows.getTotalSize() }}>
      {items.map(({ index, start }) => {
        const task: Task | undefined = tasks[index];
        const place = { top: start - margin, position: index + 1, size: tasks.length, measure };
        return task && drawRow(task, place);
      })}
    </ul>
  );
}

/**
 * The rows to draw. When the same list has only been scrolled: those that are drawn already
 * and a few more, what is in the window first, and the next few with the next frame. How
 * many that are follows from how long frames take, so that none waits for a whole window.
 */
function useSteps(
  rows: Virtualizer<Window, HTMLLIElement>,
  tasks: readonly Task[],
): readonly VirtualItem[] {
  const drawn = useRef<ReadonlySet<VirtualItem["key"]>>(new Set());
  const list = useRef<readonly Task[]>([]);
  const step = useRef(FIRST_STEP);
  const wanted = rows.getVirtualItems();
  const missing = wanted.filter(({ key }) => !drawn.current.has(key));
  const isScrolled = list.current === tasks;
  const later = new Set(isScrolled ? seenFirst(missing, rows.range).slice(step.current) : []);
  const shown = wanted.filter((item) => !later.has(item));
  useLayoutEffect(() => {
    drawn.current = new Set(shown.map(({ key }) => key));
    list.current = tasks;
  });
  useNextFrame(later.size > 0, (ms) => {
    if (ms > SLOW_MS) step.current = Math.max(step.current >> 1, 1);
    else if (ms < QUICK_MS) step.current = Math.min(step.current + 1, LONGEST_STEP);
  });
  return shown;
}

/** Renders again with the next frame, and says how long the last took when there were two in a row. */
function useNextFrame(isWanted: boolean, onFrame: (ms: number) => void): void {
  const [, render] = useReducer((frames: number) => frames + 1, 0);
  const last = useRef<number | null>(null);
  useEffect(() => {
    if (!isWanted) {
      last.current = null;
      return;
    }
    const frame = requestAnimationFrame((now) => {
      if (last.current !== null) onFrame(now - last.current);
      last.current = now;
      render();
    });
    return () => cancelAnimationFrame(frame);
  });
}

function seenFirst(
  items: readonly VirtualItem[],
  range: Pick<Range, "startIndex" | "endIndex"> | null,
): readonly VirtualItem[] {
  const isSeen = ({ index }: VirtualItem) =>
    range !== null && index >= range.startIndex && index <= range.endIndex;
  return [...items.filter(isSeen), ...items.filter((item) => !isSeen(item))];
}

/**
 * Where the list begins on the page, and how high a row is with this font and pointer.
 * Asked when tasks or the height of the page change, as asking while scrolling is dear.
 */
function useMeasures(
  list: RefObject<HTMLElement | null>,
  tasks: readonly Task[],
  fixed: number | null,
) {
  const [measures, setMeasures] = useState({ margin: 0, height: ROW_HEIGHT });
  const measure = useCallback(() => {
    if (!list.current) return;
    const margin = Math.round(list.current.getBoundingClientRect().top + window.scrollY);
    const height = fixed ?? list.current.querySelector("li")?.offsetHeight ?? ROW_HEIGHT;
    setMeasures((last) =>
      last.margin === margin && last.height === height ? last : { margin, height },
    );
  }, [list, fixed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other groups change with the tasks
  useLayoutEffect(measure, [measure, tasks]);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [measure]);
  return measures;
}

function withFocused(range: Range, indexOf: (id: number) => number): number[] {
  const near = defaultRangeExtractor(range);
  const focused = focusIn(document.activeElement);
  const index = focused ? indexOf(focused.id) : -1;
  if (index < 0 || near.includes(index)) return near;
  return [...near, index].sort((a, b) => a - b);
}
