import type { Task, TaskPriority, TaskStatus } from "@/shared/api/types";
import { endOfWeek, type PlainDate, startOfWeek } from "@/shared/lib/plain-date";
import { scoreOf, termsOf } from "./text-match";

export const STATUSES: readonly TaskStatus[] = ["pending", "in_progress", "completed"];
export const PRIORITIES: readonly TaskPriority[] = ["high", "medium", "low"];
export const DUE_WORDS = ["overdue", "today", "week", "none"] as const;

export type DueWord = (typeof DUE_WORDS)[number];

/** What narrows a list, in the words of the list API. A task has to pass all of it. */
export interface TaskFilter {
  readonly search: string;
  /** Any of these, as in `priority` and `label`; none of them means all. */
  readonly status: readonly TaskStatus[];
  readonly priority: readonly TaskPriority[];
  readonly label: readonly string[];
  readonly due: DueWord | null;
  /** These days included. */
  readonly due_after: PlainDate | null;
  readonly due_before: PlainDate | null;
}

export const NO_FILTER: TaskFilter = {
  search: "",
  status: [],
  priority: [],
  label: [],
  due: null,
  due_after: null,
  due_before: null,
};

export function isFiltered(filter: TaskFilter): boolean {
  const { search, status, priority, label, due, due_after, due_before } = filter;
  const isListed = status.length + priority.length + label.length > 0;
  return isListed || Boolean(search || due || due_after || due_before);
}

type Test = (task: Task) => boolean;

/** The filter as one test, made once for any number of tasks. `today` is the owner's date. */
export function matcherOf(filter: TaskFilter, today: PlainDate): Test {
  const tests = testsOf(filter, today);
  return (task) => tests.every((test) => test(task));
}

function testsOf(filter: TaskFilter, today: PlainDate): Test[] {
  const { status, priority, label, due, due_after, due_before } = filter;
  const tests: Test[] = [];
  if (status.length > 0) tests.push((task) => status.includes(task.status));
  if (priority.length > 0) tests.push((task) => priority.includes(task.priority));
  if (label.length > 0) tests.push((task) => task.labels.some((one) => label.includes(one)));
  if (due) tests.push(dueTest(due, today));
  if (due_after) tests.push(({ due_date }) => due_date !== null && due_date >= due_after);
  if (due_before) tests.push(({ due_date }) => due_date !== null && due_date <= due_before);
  const terms = termsOf(filter.search);
  if (terms.length > 0) tests.push((task) => scoreOf(task, terms) > 0);
  return tests;
}

/** The API's week, wherever the reader's own begins. */
const MONDAY = 1;

function dueTest(due: DueWord, today: PlainDate): Test {
  const [monday, sunday] = [startOfWeek(today, MONDAY), endOfWeek(today, MONDAY)];
  const tests: Readonly<Record<DueWord, Test>> = {
    overdue: ({ due_date, status }) =>
      due_date !== null && due_date < today && status !== "completed",
    today: ({ due_date }) => due_date === today,
    week: ({ due_date }) => due_date !== null && due_date >= monday && due_date <= sunday,
    none: ({ due_date }) => due_date === null,
  };
  return tests[due];
}

export function passes(task: Task, filter: TaskFilter, today: PlainDate): boolean {
  return matcherOf(filter, today)(task);
}
