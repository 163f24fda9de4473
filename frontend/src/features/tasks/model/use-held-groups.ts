import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from "react";
import { readCache, viewTask } from "./cache";
import type { TaskGroup } from "./groups";
import { currentNews, forgetNews, type Held, hold } from "./held";
import { focusIn } from "./rows";

/** Who neither points nor presses for so long is not about to. */
const IDLE_MS = 20_000;

export interface HeldGroups extends Held {
  readonly apply: () => void;
}

/**
 * While somebody points at a row of the list or has the focus in it, nothing moves under
 * their hands but what they move themselves. What waits comes when they ask or leave.
 */
export function useHeldGroups(
  live: readonly TaskGroup[],
  root: RefObject<HTMLElement | null>,
): HeldGroups {
  const shown = useRef(live);
  const [, arrange] = useReducer((count: number) => count + 1, 0);
  const attention = useAttention(root, arrange);
  const held = arranged(shown.current, live, attention.current);
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

interface Attention {
  /** The row under the pointer. */
  pointedAt: number | null;
  actedAt: number;
}

function arranged(
  shown: readonly TaskGroup[],
  live: readonly TaskGroup[],
  attention: Attention,
): Held {
  const cache = readCache();
  forgetNews(cache.edits.map(({ taskId }) => taskId));
  const inUse = focusIn(document.activeElement)?.id ?? attention.pointedAt;
  const isIdle = performance.now() - attention.actedAt > IDLE_MS;
  if (currentNews().size === 0 || inUse === null || isIdle) return { groups: live, waiting: 0 };
  const order = live.flatMap(({ tasks }) => tasks.map(({ id }) => id));
  const at = order.indexOf(inUse);
  return hold(
    shown,
    live,
    currentNews(),
    (id) => viewTask(cache, id),
    (id) => at < 0 || order.indexOf(id) < at,
  );
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
      attention.current.pointedAt = focusIn(target as Element)?.id ?? null;
    };
    const leave = () => {
      attention.current.pointedAt = null;
      if (currentNews().size > 0) setTimeout(onLeave);
    };
    const settle = setInterval(() => currentNews().size > 0 && onLeave(), IDLE_MS);
    list.addEventListener("pointermove", point);
    list.addEventListener("pointerleave", leave);
    list.addEventListener("focusin", act);
    list.addEventListener("focusout", leave);
    window.addEventListener("keydown", act);
    window.addEventListener("scroll", act, { passive: true });
    return () => {
      clearInterval(settle);
      list.removeEventListener("pointermove", point);
      list.removeEventListener("pointerleave", leave);
      list.removeEventListener("focusin", act);
      list.removeEventListener("focusout", leave);
      window.removeEventListener("keydown", act);
      window.removeEventListener("scroll", act);
      forgetNews();
    };
  }, [root, onLeave]);
  return attention;
}
