import { type RefObject, useEffect, useRef, useState } from "react";
import { importWithRetry } from "@/shared/lib/import-with-retry";

export interface DragArea {
  readonly onChange: (item: string | null, place: string | null) => void;
  readonly onDrop: (item: string, place: string) => void;
}

export interface Dragging {
  readonly item: string | null;
  /** Where it would fall now. */
  readonly place: string | null;
}

const NOTHING: Dragging = { item: null, place: null };

/**
 * Dragging by mouse or pen among what is marked `data-drag` and `data-drop` within an
 * element. The engine comes after the first paint, and not at all where there is no
 * such pointer: dragging is a shortcut, the menu and the keyboard do the same.
 */
export function useDragArea(
  area: RefObject<HTMLElement | null>,
  onDrop: (item: string, place: string) => void,
): Dragging {
  const [dragging, setDragging] = useState(NOTHING);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    const element = area.current;
    if (!element || !matchMedia("(any-pointer: fine)").matches) return;
    let stop = () => {};
    let isGone = false;
    importWithRetry(() => import("./drag-engine")).then(
      ({ startDragging }) => {
        if (isGone) return;
        stop = startDragging(element, {
          onChange: (item, place) => setDragging((last) => sameOrNew(last, { item, place })),
          onDrop: (item, place) => latest.current(item, place),
        });
      },
      // Without it the page does everything else.
      () => undefined,
    );
    return () => {
      isGone = true;
      stop();
    };
  }, [area]);
  return dragging;
}

function sameOrNew(last: Dragging, next: Dragging): Dragging {
  return last.item === next.item && last.place === next.place ? last : next;
}
