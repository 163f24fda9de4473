import { useEffect, useLayoutEffect, useRef } from "react";
import { focusIn, focusPart, type RowFocus, rememberRow, rowPart } from "../model/rows";

interface Kept {
  /** What had the focus, for as long as nobody took it away on purpose. */
  held: RowFocus | null;
  /** Stands in for a row that left, until that comes back or the person moves on. */
  substitute: number | null;
  order: readonly number[];
  orderNow: () => readonly number[];
}

/**
 * A row that moves to another group, or leaves, takes the focus along into nothing. It
 * is put back on the same part of that row, or on the row that took its place; and a
 * change that failed brings the row and its focus back. `orderNow` names the rows there
 * are, from top to bottom. Returns which row it looks after.
 */
export function useFocusKeeper(orderNow: () => readonly number[]): number | null {
  const kept = useRef<Kept>({ held: null, substitute: null, order: [], orderNow });
  kept.current.orderNow = orderNow;
  useEffect(() => watchFocus(kept.current), []);
  useLayoutEffect(() => {
    const order = orderNow();
    keepFocus(kept.current, order);
    kept.current.order = order;
  });
  return kept.current.held?.id ?? null;
}

function watchFocus(kept: Kept): () => void {
  const onFocusIn = ({ target }: FocusEvent) => {
    const focus = target instanceof Element ? focusIn(target) : null;
    // A menu or a picker lies over the page, and leads back to the row.
    if (!focus && (target as Element).closest?.("[data-layer]")) return;
    if (focus) {
      rememberRow(focus.id);
      kept.order = kept.orderNow();
    }
    if (kept.substitute === null || focus?.id !== kept.substitute) kept.held = focus;
  };
  const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
    // An element that was taken away did not lose the focus on purpose.
    queueMicrotask(() => {
      if (!relatedTarget && (target as Element).isConnected && document.hasFocus())
        kept.held = null;
    });
  };
  const onAction = () => {
    kept.substitute = null;
    kept.held = focusIn(document.activeElement) ?? kept.held;
  };
  const stops = [
    on("focusin", onFocusIn),
    on("focusout", onFocusOut),
    on("keydown", onAction),
    on("pointerdown", onAction),
  ];
  onFocusInNow();
  return () => {
    for (const stop of stops) stop();
  };

  function onFocusInNow(): void {
    kept.held = focusIn(document.activeElement);
    if (kept.held) rememberRow(kept.held.id);
  }
}

function on<K extends keyof DocumentEventMap>(
  type: K,
  listener: (event: DocumentEventMap[K]) => void,
): () => void {
  document.addEventListener(type, listener, true);
  return () => document.removeEventListener(type, listener, true);
}

function keepFocus(kept: Kept, order: readonly number[]): void {
  const { held } = kept;
  if (!held) return;
  const active = document.activeElement;
  const isLost = !active || active === document.body;
  const isBack = kept.substitute !== null && focusIn(active)?.id === kept.substitute;
  if (!isLost && !isBack) return;
  if (rowPart(held.id)) {
    kept.substitute = null;
    focusPart(held.id, held.part);
  } else if (isLost && !order.includes(held.id)) {
    const next = successor(kept.order, order, held.id);
    kept.substitute = next;
    if (next !== null) focusPart(next, held.part);
  }
}

/** Which row stands where this one stood. */
function successor(before: readonly number[], now: readonly number[], id: number): number | null {
  const at = before.indexOf(id);
  const still = new Set(now);
  const after = before.slice(at + 1).find((one) => still.has(one));
  return after ?? before.slice(0, Math.max(at, 0)).findLast((one) => still.has(one)) ?? null;
}
