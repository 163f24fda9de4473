import type { PlainDate } from "@/shared/lib/plain-date";
import { countWaiting, type TaskCache, viewTasks } from "./cache";

export interface TaskCounts {
  readonly today: number;
  readonly open: number;
  /** Writes that the server has not confirmed. */
  readonly waiting: number;
}

let last: { cache: TaskCache; date: PlainDate; counts: TaskCounts } | null = null;

/** Counted once per state, however many places show it. */
export function countTasks(cache: TaskCache, date: PlainDate): TaskCounts {
  if (last?.cache !== cache || last.date !== date)
    last = { cache, date, counts: count(cache, date) };
  return last.counts;
}

function count(cache: TaskCache, date: PlainDate): TaskCounts {
  let today = 0;
  let open = 0;
  for (const task of viewTasks(cache)) {
    if (task.status === "completed") continue;
    open += 1;
    if (task.due_date !== null && task.due_date <= date) today += 1;
  }
  return { today, open, waiting: countWaiting(cache) };
}
