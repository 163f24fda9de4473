import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { getElementFromPointWithoutHoneypot } from "@atlaskit/pragmatic-drag-and-drop/get-element-from-point-without-honey-pot";
import {
  autoScrollForElements,
  autoScrollWindowForElements,
} from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import type { DragArea } from "./use-drag-area";

/**
 * Lets things marked `data-drag` be dragged onto places marked `data-drop`, within an
 * area; `data-scroll` marks what scrolls. Only what the pointer is over is prepared, so
 * that thousands of rows cost nothing. Returns how to stop.
 */
export function startDragging(area: HTMLElement, { onChange, onDrop }: DragArea): () => void {
  const stopPreparing = prepareHovered(area);
  const isOurs = ({ source }: { source: { element: Element } }) => area.contains(source.element);
  const stops = [
    stopPreparing,
    dropTargetForElements({
      element: area,
      canDrop: isOurs,
      getData: ({ input }) => ({ place: placeAt(input.clientX, input.clientY) }),
      onDrag: ({ self, source }) => onChange(itemOf(source.element), placeOf(self)),
      onDragLeave: ({ source }) => onChange(itemOf(source.element), null),
      onDrop: ({ self, source }) => {
        const place = placeOf(self);
        if (place !== null) onDrop(itemOf(source.element), place);
      },
    }),
    monitorForElements({
      canMonitor: isOurs,
      onDragStart: ({ source }) => onChange(itemOf(source.element), null),
      onDrop: () => onChange(null, null),
    }),
    autoScrollWindowForElements(),
    ...[...area.querySelectorAll("[data-scroll]")].map((element) =>
      autoScrollForElements({ element }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function prepareHovered(area: HTMLElement): () => void {
  let prepared: HTMLElement | null = null;
  let release = () => {};
  const prepare = (element: HTMLElement | null) => {
    if (element === prepared) return;
    release();
    prepared = element;
    release = element ? draggable({ element }) : () => {};
  };
  const onOver = ({ target, buttons }: PointerEvent) => {
    // A quick hand is over the next thing before the drag of this one begins.
    if (buttons !== 0) return;
    prepare(target instanceof Element ? target.closest<HTMLElement>("[data-drag]") : null);
  };
  area.addEventListener("pointerover", onOver);
  return () => {
    area.removeEventListener("pointerover", onOver);
    prepare(null);
  };
}

function placeAt(x: number, y: number): string | null {
  const over = getElementFromPointWithoutHoneypot({ x, y });
  return over?.closest<HTMLElement>("[data-drop]")?.dataset.drop ?? null;
}

function placeOf({ data }: { data: Record<string | symbol, unknown> }): string | null {
  return data.place as string | null;
}

function itemOf(element: HTMLElement): string {
  return element.dataset.drag ?? "";
}
