import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * A card that moves is another element elsewhere, and the focus fell into nothing with
 * the old one: it follows the card, unless somebody took it away on purpose.
 */
export function useCardFocus(area: RefObject<HTMLElement | null>): void {
  const held = useRef<string | null>(null);
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      held.current = (target as Element).closest<HTMLElement>("[data-row]")?.dataset.row ?? null;
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (!(target as Element).closest("[data-row], [data-layer]")) held.current = null;
    };
    const element = area.current;
    element?.addEventListener("focusin", onFocusIn);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      element?.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [area]);
  useLayoutEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    linkOf(area.current, held.current)?.focus();
  });
}

function linkOf(area: HTMLElement | null, id: string): HTMLElement | null {
  return area?.querySelector<HTMLElement>(`[data-row="${id}"] [data-task-link]`) ?? null;
}
