import type { Task, TaskPriority } from "@/shared/api/types";
import { endOfWeek, type PlainDate, plusDays } from "@/shared/lib/plain-date";

export type GroupName =
  | "overdue"
  | "today"
  | "tomorrow"
  | "this_week"
  | "later"
  | "no_date"
  | "completed";

export interface TaskGroup {
  readonly name: GroupName;
  readonly tasks: readonly Task[];
}

const ORDER: readonly GroupName[] = [
  "overdue",
  "today",
  "tomorrow",
  "this_week",
  "later",
  "no_date",
  "completed",
];
const TODAY_GROUPS: ReadonlySet<GroupName> = new Set(["overdue", "today", "no_date"]);

/** Which heading an open task stands under, `today` being the owner's date. */
export function groupOf(due: PlainDate | null, today: PlainDate): GroupName {
  if (due === null) return "no_date";
  if (due < today) return "overdue";
  if (due === today) return "today";
  if (due === plusDays(today, 1)) return "tomorrow";
  return due <= endOfWeek(today) ? "this_week" : "later";
}

/** All tasks by time, with the completed ones at the end. */
export function groupAll(tasks: readonly Task[], today: PlainDate): TaskGroup[] {
  return collect(tasks, (task) =>
    task.status === "completed" ? "completed" : groupOf(task.due_date, today),
  );
}

/**
 * What matters today: late, due now, and undated. What was completed today stands
 * at the end of today, struck through, so that the day shows what it brought.
 */
export function groupToday(
  tasks: readonly Task[],
  today: PlainDate,
  dateOf: (instant: string) => PlainDate,
): TaskGroup[] {
  const isDoneToday = ({ completed_at }: Task) =>
    completed_at !== null && dateOf(completed_at) === today;
  return collect(tasks, (task) => {
    if (task.status === "completed") return isDoneToday(task) ? "today" : null;
    const group = groupOf(task.due_date, today);
    return TODAY_GROUPS.has(group) ? group : null;
  });
}

function collect(tasks: readonly Task[], nameOf: (task: Task) => GroupName | null): TaskGroup[] {
  const byName = new Map<GroupName, Task[]>();
  for (const task of tasks) {
    const name = nameOf(task);
    if (!name) continue;
    const group = byName.get(name);
    if (group) group.push(task);
    else byName.set(name, [task]);
  }
  return ORDER.flatMap((name) => {
    const group = byName.get(name);
    return group ? [{ name, tasks: group.sort(name === "completed" ? byCompletion : byDue) }] : [];
  });
}

const RANK: Readonly<Record<TaskPriority, number>> = { high: 0, medium: 1, low: 2 };
const LAST = "~";

/** Open before done, then by day, time (none last), priority, and the newest first. */
function byDue(a: Task, b: Task): number {
  return (
    Number(a.status === "completed") - Number(b.status === "completed") ||
    compare(a.due_date ?? LAST, b.due_date ?? LAST) ||
    compare(a.due_time ?? LAST, b.due_time ?? LAST) ||
    RANK[a.priority] - RANK[b.priority] ||
    byNewest(a, b)
  );
}

function byCompletion(a: Task, b: Task): number {
  return compare(b.completed_at ?? "", a.completed_at ?? "") || byNewest(a, b);
}

function byNewest(a: Task, b: Task): number {
  return compare(b.created_at, a.created_at) || b.id - a.id;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Late: before today, or earlier today. Completed is never late. */
export function isLate(task: Task, now: { date: PlainDate; time: string }): boolean {
  if (task.status === "completed" || !task.due_date) return false;
  if (task.due_date !== now.date) return task.due_date < now.date;
  return task.due_time !== null && task.due_time < now.time;
}
