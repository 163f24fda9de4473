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
/** While scrolling, so many rows more are drawn in a frame: a slow telephone keeps up. */
const STEP = 6;
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
  const items = useSteps(rows);
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
 * The rows to draw. While somebody scrolls: those that are drawn already and a few more,
 * what is in the window first, and the next few with the next frame. However fast that is,
 * no frame waits for a whole window of rows.
 */
function useSteps(rows: Virtualizer<Window, HTMLLIElement>): readonly VirtualItem[] {
  const [, drawMore] = useReducer((frames: number) => frames + 1, 0);
  const drawn = useRef<ReadonlySet<VirtualItem["key"]>>(new Set());
  const wanted = rows.getVirtualItems();
  const missing = wanted.filter(({ key }) => !drawn.current.has(key));
  const later = new Set(rows.isScrolling ? seenFirst(missing, rows.range).slice(STEP) : []);
  const shown = wanted.filter((item) => !later.has(item));
  useLayoutEffect(() => {
    drawn.current = new Set(shown.map(({ key }) => key));
  });
  useEffect(() => {
    if (later.size === 0) return;
    const frame = requestAnimationFrame(drawMore);
    return () => cancelAnimationFrame(frame);
  });
  return shown;
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
