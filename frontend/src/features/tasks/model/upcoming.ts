import type { Task } from "@/shared/api/types";
import { type PlainDate, plusDays } from "@/shared/lib/plain-date";
import { bucketByDate, tasksOn } from "./by-date";
import type { TaskGroup } from "./groups";
import { tasksNamed } from "./named-group";
import { DEFAULT_ORDERING, sortTasks } from "./sorting";

export const UPCOMING_DAYS = 14;

export interface UpcomingDay {
  readonly date: PlainDate;
  /** What was completed stays in its day, struck through, so that nothing jumps away. */
  readonly tasks: readonly Task[];
}

export interface Upcoming {
  readonly overdue: readonly Task[];
  readonly days: readonly UpcomingDay[];
  /** How many are open within these days. */
  readonly open: number;
}

export function upcomingOf(tasks: readonly Task[], today: PlainDate): Upcoming {
  const isOpen = (task: Task) => task.status !== "completed";
  const byDate = bucketByDate(tasks);
  const days = Array.from({ length: UPCOMING_DAYS }, (_, at) => {
    const date = plusDays(today, at);
    return { date, tasks: tasksOn(byDate, date) };
  });
  const isOverdue = (task: Task) => isOpen(task) && task.due_date !== null && task.due_date < today;
  return {
    overdue: sortTasks(tasks.filter(isOverdue), DEFAULT_ORDERING),
    days,
    open: days.reduce((sum, day) => sum + day.tasks.filter(isOpen).length, 0),
  };
}

const OVERDUE = "overdue";

/** Days as groups, so that they can be held as those of a list are. */
export function asGroups({ overdue, days }: Upcoming): TaskGroup[] {
  const dated = days.map(({ date, tasks }) => ({ name: date, label: date, tasks }));
  return [{ name: OVERDUE, label: OVERDUE, tasks: overdue }, ...dated];
}

export function withGroups(upcoming: Upcoming, groups: readonly TaskGroup[]): Upcoming {
  const days = upcoming.days.map(({ date }) => ({ date, tasks: tasksNamed(date, groups) }));
  return { ...upcoming, overdue: tasksNamed(OVERDUE, groups), days };
}

/**
 * A day earlier or later, within the days that are shown; null at their ends. What is
 * overdue comes to today first, and never becomes overdue by moving.
 */
export function nextDay(due: PlainDate, step: 1 | -1, today: PlainDate): PlainDate | null {
  const next = due < today ? today : plusDays(due, step);
  const isEarlier = step < 0 && due < today;
  return isEarlier || next < today || next > plusDays(today, UPCOMING_DAYS - 1) ? null : next;
}
