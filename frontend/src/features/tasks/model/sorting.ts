import type { Task, TaskPriority } from "@/shared/api/types";
import { fold } from "./text-match";

/** The list API's words; a minus sign turns one round. */
export const SORT_KEYS = ["due_date", "priority", "created_at", "updated_at", "title"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type Ordering = SortKey | `-${SortKey}`;

export const DEFAULT_ORDERING: Ordering = "due_date";
/** Which way round a key is first meant: the most important, the newest. */
export const FIRST_ORDERING: Readonly<Record<SortKey, Ordering>> = {
  due_date: "due_date",
  priority: "-priority",
  created_at: "-created_at",
  updated_at: "-updated_at",
  title: "title",
};

export function sortKeyOf(ordering: Ordering): SortKey {
  return ordering.replace("-", "") as SortKey;
}

export function isDescending(ordering: Ordering): boolean {
  return ordering.startsWith("-");
}

export function turned(ordering: Ordering): Ordering {
  const key = sortKeyOf(ordering);
  return isDescending(ordering) ? key : `-${key}`;
}

/**
 * Open before done, then in the order asked for, then by day and priority, the newest
 * first. Ten thousand tasks are sorted at every change, so each one's place is reduced
 * to a number or a text once, and comparing costs next to nothing.
 */
export function sortTasks(tasks: readonly Task[], ordering: Ordering): Task[] {
  const open = tasks.filter(({ status }) => status !== "completed");
  const done = tasks.filter(({ status }) => status === "completed");
  // Numbers hold their direction; a text can't.
  const sign = ordering === "-title" ? -1 : 1;
  const place = (task: Task) => placeOf(task, ordering);
  return [...inOrder(open, place, sign), ...inOrder(done, place, sign)];
}

/** What was finished last stands first. */
export function sortByCompletion(tasks: readonly Task[]): Task[] {
  return inOrder(tasks, ({ completed_at }) => completed_at ?? "", -1);
}

type Place = number | string;

function inOrder(tasks: readonly Task[], placeIn: (task: Task) => Place, sign: number): Task[] {
  const placed = tasks.map((task) => ({ task, place: placeIn(task), age: newness(task) }));
  placed.sort((a, b) => sign * compare(a.place, b.place) || b.age - a.age);
  return placed.map(({ task }) => task);
}

function compare(a: Place, b: Place): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const DRAFTS = 2 ** 52;

/** Ids are given in order; drafts count downwards from zero and are newer than all. */
function newness({ id }: Task): number {
  return id > 0 ? id : DRAFTS - id;
}

/** A task is never changed in place, so its places hold as long as it does. */
const places = new Map<Ordering, WeakMap<Task, Place>>();

function placeOf(task: Task, ordering: Ordering): Place {
  const known = places.get(ordering) ?? new WeakMap<Task, Place>();
  places.set(ordering, known);
  const place = known.get(task) ?? computePlace(task, ordering);
  known.set(task, place);
  return place;
}

const RANK: Readonly<Record<TaskPriority, number>> = { low: 0, medium: 1, high: 2 };
/** Larger than any place by day. */
const BY_PRIORITY = 2 ** 45;
const DIGITS = 12;

function computePlace(task: Task, ordering: Ordering): Place {
  const sign = isDescending(ordering) ? -1 : 1;
  const key = sortKeyOf(ordering);
  if (key === "title") return fold(task.title).replace(/\d+/g, (n) => n.padStart(DIGITS, "0"));
  if (key === "due_date") return duePlace(task, sign);
  if (key === "priority") return sign * RANK[task.priority] * BY_PRIORITY + duePlace(task, 1);
  return sign * Date.parse(task[key]);
}

const DAYS = 23_000_000;
const MINUTES = 10_000;

/** A day, a time in it and the priority as one number. What has no date or time comes last. */
function duePlace({ due_date, due_time, priority }: Task, sign: number): number {
  const day = along(due_date?.replaceAll("-", ""), DAYS, sign);
  const time = along(due_time?.slice(0, 5).replace(":", ""), MINUTES, sign);
  return (day * (MINUTES + 1) + time) * 4 + RANK.high - RANK[priority];
}

function along(digits: string | undefined, end: number, sign: number): number {
  if (digits === undefined) return end;
  return sign > 0 ? Number(digits) : end - 1 - Number(digits);
}
