import type { Task } from "@/shared/api/types";

/** The first `count`, among which the one that must not vanish takes the last place. */
export function drawnOf(
  tasks: readonly Task[],
  count: number,
  kept: number | null,
): readonly Task[] {
  const at = tasks.findIndex(({ id }) => id === kept);
  if (at < count) return tasks.slice(0, count);
  return [...tasks.slice(0, count - 1), ...tasks.slice(at, at + 1)];
}
