import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { endOfWeek, type PlainDate, plusDays } from "@/shared/lib/plain-date";
import { PRIORITIES } from "./filter";
import { DEFAULT_ORDERING, type Ordering, sortByCompletion, sortTasks } from "./sorting";

export const GROUPINGS = ["due_date", "status", "priority", "label", "none"] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const DEFAULT_GROUPING: Grouping = "due_date";

export interface Arrangement {
  readonly grouping: Grouping;
  readonly ordering: Ordering;
}

export const DEFAULT_ARRANGEMENT: Arrangement = {
  grouping: DEFAULT_GROUPING,
  ordering: DEFAULT_ORDERING,
};

export interface TaskGroup {
  /** Holds no space, so that it can be part of an element's id. "completed" is done work. */
  readonly name: string;
  readonly label: string;
  readonly tasks: readonly Task[];
}

export type TimeGroup = "overdue" | "today" | "tomorrow" | "this_week" | "later" | "no_date";

const TIMES: readonly TimeGroup[] = [
  "overdue",
  "today",
  "tomorrow",
  "this_week",
  "later",
  "no_date",
];

/** Says under which heading an open task stands; the calendar is looked up once. */
function timeGroups(today: PlainDate): (due: PlainDate | null) => TimeGroup {
  const [tomorrow, sunday] = [plusDays(today, 1), endOfWeek(today)];
  return (due) => {
    if (due === null) return "no_date";
    if (due < today) return "overdue";
    if (due === today) return "today";
    if (due === tomorrow) return "tomorrow";
    return due <= sunday ? "this_week" : "later";
  };
}

/** Which heading an open task stands under, `today` being the owner's date. */
export function groupOf(due: PlainDate | null, today: PlainDate): TimeGroup {
  return timeGroups(today)(due);
}

const COMPLETED = "completed";
/** Before a label's name, so that none is mistaken for another heading. */
const LABEL = "#";

/** All tasks under their headings, with the completed ones at the end. */
export function groupTasks(
  tasks: readonly Task[],
  arrangement: Arrangement,
  today: PlainDate,
): TaskGroup[] {
  const headingOf = headingsBy(arrangement.grouping, today);
  return collect(tasks, arrangement, (task) =>
    task.status === "completed" ? COMPLETED : headingOf(task),
  );
}

/**
 * What matters today: late, due now, and undated. What was completed today stands
 * at the end of today, struck through, so that the day shows what it brought.
 */
export function groupToday(
  tasks: readonly Task[],
  arrangement: Arrangement,
  today: PlainDate,
  dateOf: (instant: string) => PlainDate,
): TaskGroup[] {
  const isDoneToday = doneOn(today, dateOf);
  const shown = tasks.filter(({ status, due_date, completed_at }) =>
    status === "completed" ? isDoneToday(completed_at) : due_date === null || due_date <= today,
  );
  if (arrangement.grouping !== "due_date") return groupTasks(shown, arrangement, today);
  const timeOf = timeGroups(today);
  return collect(shown, arrangement, ({ status, due_date }) =>
    status === "completed" ? "today" : timeOf(due_date),
  );
}

/** No zone is further than a day from UTC, so few instants have to be looked up in it. */
function doneOn(today: PlainDate, dateOf: (instant: string) => PlainDate) {
  const [first, last] = [plusDays(today, -1), plusDays(today, 1)];
  return (instant: string | null) => {
    const day = instant?.slice(0, 10);
    if (!instant || !day || day < first || day > last) return false;
    return dateOf(instant) === today;
  };
}

function headingsBy(grouping: Grouping, today: PlainDate): (task: Task) => string {
  if (grouping === "due_date") {
    const timeOf = timeGroups(today);
    return (task) => timeOf(task.due_date);
  }
  // Under its first label only: a task that stood twice would be counted and selected twice.
  if (grouping === "label") return (task) => LABEL + (task.labels[0] ?? "");
  if (grouping === "none") return () => "none";
  return (task) => task[grouping];
}

function collect(
  tasks: readonly Task[],
  { grouping, ordering }: Arrangement,
  headingOf: (task: Task) => string,
): TaskGroup[] {
  const byHeading = new Map<string, Task[]>();
  for (const task of tasks) {
    const heading = headingOf(task);
    const group = byHeading.get(heading);
    if (group) group.push(task);
    else byHeading.set(heading, [task]);
  }
  const isByCompletion = ordering === DEFAULT_ORDERING;
  const sorted = (heading: string, group: readonly Task[]) =>
    heading === COMPLETED && isByCompletion ? sortByCompletion(group) : sortTasks(group, ordering);
  return inOrder([...byHeading.keys()], grouping).map((heading) => ({
    ...headingText(heading, grouping),
    tasks: sorted(heading, byHeading.get(heading) ?? []),
  }));
}

function inOrder(headings: string[], grouping: Grouping): string[] {
  const known = ORDERS[grouping] ?? labelsInOrder(headings);
  return [...known, COMPLETED].filter((heading) => headings.includes(heading));
}

function labelsInOrder(headings: readonly string[]): string[] {
  const labels = headings.filter((heading) => heading.length > 1 && heading.startsWith(LABEL));
  return [...labels.sort((a, b) => a.localeCompare(b)), LABEL];
}

const ORDERS: Readonly<Partial<Record<Grouping, readonly string[]>>> = {
  due_date: TIMES,
  // What is being done stands first.
  status: ["in_progress", "pending"],
  priority: PRIORITIES,
  none: ["none"],
};

function headingText(heading: string, grouping: Grouping): Omit<TaskGroup, "tasks"> {
  const t = messages.tasks;
  if (heading === COMPLETED) return { name: heading, label: t.groups.completed };
  if (grouping === "label") return labelHeading(heading.slice(LABEL.length));
  const texts: Readonly<Record<string, string>> = { ...t.groups, ...t.status, ...t.priority };
  return { name: heading, label: texts[heading] ?? heading };
}

function labelHeading(label: string): Omit<TaskGroup, "tasks"> {
  if (!label) return { name: "no-label", label: messages.tasks.noLabel };
  return { name: `label-${encodeURIComponent(label)}`, label };
}

/** Late: before today, or earlier today. Completed is never late. */
export function isLate(task: Task, now: { date: PlainDate; time: string }): boolean {
  if (task.status === "completed" || !task.due_date) return false;
  if (task.due_date !== now.date) return task.due_date < now.date;
  return task.due_time !== null && task.due_time < now.time;
}
