import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from "react";
import type { TaskGroup } from "./groups";
import { type Attention, arranged, currentNews, forgetNews, type Held } from "./news";

/** How often somebody may have turned idle. */
const SETTLE_MS = 20_000;

export interface HeldGroups extends Held {
  readonly apply: () => void;
}

/**
 * While somebody points at a row of the list, has the focus in it or reads further down,
 * nothing moves under their hands and eyes but what they move themselves. What waits comes
 * when they ask, leave, or are back at the beginning.
 */
export function useHeldGroups(
  live: readonly TaskGroup[],
  root: RefObject<HTMLElement | null>,
): HeldGroups {
  const shown = useRef(live);
  const [, arrange] = useReducer((count: number) => count + 1, 0);
  const attention = useAttention(root, arrange);
  const held = arranged(shown.current, live, attention.current, root.current);
  useLayoutEffect(() => {
    shown.current = held.groups;
    if (held.waiting === 0) forgetNews();
  });
  const apply = useCallback(() => {
    forgetNews();
    arrange();
  }, []);
  return { ...held, apply };
}

export function isScrolled(list: HTMLElement): boolean {
  return list.getBoundingClientRect().top < 0;
}

function useAttention(
  root: RefObject<HTMLElement | null>,
  onLeave: () => void,
): RefObject<Attention> {
  const attention = useRef<Attention>({ pointedAt: null, actedAt: 0 });
  useEffect(() => {
    const list = root.current;
    if (!list) return;
    const act = () => {
      attention.current.actedAt = performance.now();
    };
    const point = ({ target }: Event) => {
      act();
      attention.current.pointedAt = target as Element;
    };
    const leave = () => {
      attention.current.pointedAt = null;
      if (currentNews().size > 0) setTimeout(onLeave);
    };
    const scroll = () => {
      act();
      if (currentNews().size > 0 && !isScrolled(list)) onLeave();
    };
    const settle = setInterval(() => currentNews().size > 0 && onLeave(), SETTLE_MS);
    list.addEventListener("pointermove", point);
    list.addEventListener("pointerleave", leave);
    list.addEventListener("focusin", act);
    list.addEventListener("focusout", leave);
    window.addEventListener("keydown", act);
    window.addEventListener("scroll", scroll, { passive: true });
    return () => {
      clearInterval(settle);
      list.removeEventListener("pointermove", point);
      list.removeEventListener("pointerleave", leave);
      list.removeEventListener("focusin", act);
      list.removeEventListener("focusout", leave);
      window.removeEventListener("keydown", act);
      window.removeEventListener("scroll", scroll);
      forgetNews();
    };
  }, [root, onLeave]);
  return attention;
}
