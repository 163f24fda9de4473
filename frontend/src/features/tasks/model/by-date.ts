import type { Task } from "@/shared/api/types";
import type { PlainDate } from "@/shared/lib/plain-date";
import { DEFAULT_ORDERING, sortTasks } from "./sorting";

export type TasksByDate = ReadonlyMap<PlainDate, readonly Task[]>;

/** Dated tasks by their day, in no order: only the days that are shown are worth sorting. */
export function bucketByDate(tasks: readonly Task[]): TasksByDate {
  const byDate = new Map<PlainDate, Task[]>();
  for (const task of tasks) {
    if (task.due_date === null) continue;
    const bucket = byDate.get(task.due_date);
    if (bucket) bucket.push(task);
    else byDate.set(task.due_date, [task]);
  }
  return byDate;
}

/** A day's tasks: open before completed, then by time and priority. */
export function tasksOn(byDate: TasksByDate, date: PlainDate): readonly Task[] {
  return sortTasks(byDate.get(date) ?? [], DEFAULT_ORDERING);
}
