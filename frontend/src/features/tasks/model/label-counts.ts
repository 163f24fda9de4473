import type { Task } from "@/shared/api/types";
import { readCache } from "./cache";

type Tasks = ReadonlyMap<number, Task>;

/** How many tasks have each label, the most used first. */
export function countLabels(tasks: Tasks): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const task of tasks.values())
    for (const label of task.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)));
}

let last: { readonly tasks: Tasks; readonly names: readonly string[] } | null = null;

/** The names alone, counted anew only when tasks have changed. */
export function labelNames(): readonly string[] {
  const tasks = readCache().server.items;
  if (last?.tasks !== tasks) last = { tasks, names: [...countLabels(tasks).keys()] };
  return last.names;
}
