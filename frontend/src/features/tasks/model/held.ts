import type { Task } from "@/shared/api/types";
import { readCache, viewTask } from "./cache";
import type { TaskGroup } from "./groups";
import { type Attention, addNews, currentNews, forgetNews, type Held } from "./news";
import { focusIn } from "./rows";
import { isScrolled } from "./use-held-groups";

/** Who neither points nor presses for so long is not about to. */
const IDLE_MS = 20_000;

export function noteNews(ids: readonly number[]): void {
  addNews(ids, holdNews);
}

/** The live groups, but for what would move under somebody's hands or eyes. */
function holdNews(
  shown: readonly TaskGroup[],
  live: readonly TaskGroup[],
  attention: Attention,
  list: HTMLElement | null,
): Held {
  const cache = readCache();
  forgetNews(cache.edits.map(({ taskId }) => taskId));
  const inUse = rowsInUse(attention, list);
  if (inUse.length === 0) return { groups: live, waiting: 0 };
  const order = live.flatMap(({ tasks }) => tasks.map(({ id }) => id));
  const last = Math.max(...inUse.map((id) => order.indexOf(id)));
  return hold(
    shown,
    live,
    currentNews(),
    (id) => viewTask(cache, id),
    (id) => last < 0 || order.indexOf(id) < last,
  );
}

/** Where somebody is about to press, and how far down they read, however quietly. */
function rowsInUse({ pointedAt, actedAt }: Attention, list: HTMLElement | null): number[] {
  const isIdle = performance.now() - actedAt > IDLE_MS;
  const inHand = isIdle ? null : (focusIn(document.activeElement) ?? focusIn(pointedAt));
  const inSight = list && isScrolled(list) ? focusIn(lowestInSight(list)) : null;
  return [inHand, inSight].flatMap((row) => row?.id ?? []);
}

function lowestInSight(list: HTMLElement): Element | null {
  const isAboveEnd = (row: Element) => row.getBoundingClientRect().top < window.innerHeight;
  return [...list.querySelectorAll("[data-row]")].findLast(isAboveEnd) ?? null;
}

interface Place {
  readonly name: string;
  /** How many tasks without news stand before it in its group. */
  readonly rank: number;
}

/**
 * The live groups, but with tasks of the news where they stood, or not yet there.
 * `isAbove` says whether an insertion at that task would push down what is in use.
 */
export function hold(
  shown: readonly TaskGroup[],
  live: readonly TaskGroup[],
  changed: ReadonlySet<number>,
  taskOf: (id: number) => Task | undefined,
  isAbove: (id: number) => boolean,
): Held {
  const [was, is] = [placesOf(shown, changed), placesOf(live, changed)];
  const stay = [...was].filter(([id, place]) => !isSamePlace(place, is.get(id)) && taskOf(id));
  const come = [...is.keys()].filter((id) => !was.has(id) && id > 0 && isAbove(id));
  if (stay.length + come.length === 0) return { groups: live, waiting: 0 };
  const away = new Set([...stay.map(([id]) => id), ...come]);
  const rest = new Map<string, readonly Task[]>(
    live.map((group) => [group.name, group.tasks.filter(({ id }) => !away.has(id))]),
  );
  for (const [id, place] of stay) {
    const task = taskOf(id);
    if (task) rest.set(place.name, insert(rest.get(place.name) ?? [], task, place.rank, changed));
  }
  return { groups: regrouped(shown, live, rest), waiting: away.size };
}

function placesOf(groups: readonly TaskGroup[], changed: ReadonlySet<number>): Map<number, Place> {
  const places = new Map<number, Place>();
  for (const { name, tasks } of groups) {
    let rank = 0;
    for (const { id } of tasks) {
      if (changed.has(id)) places.set(id, { name, rank });
      else rank += 1;
    }
  }
  return places;
}

function isSamePlace(one: Place, other: Place | undefined): boolean {
  return one.name === other?.name && one.rank === other.rank;
}

/** Behind so many tasks without news, and behind others of the news that stand there. */
function insert(
  tasks: readonly Task[],
  task: Task,
  rank: number,
  changed: ReadonlySet<number>,
): Task[] {
  let seen = 0;
  const at = tasks.findIndex(({ id }) => {
    if (changed.has(id)) return false;
    seen += 1;
    return seen > rank;
  });
  return at < 0 ? [...tasks, task] : [...tasks.slice(0, at), task, ...tasks.slice(at)];
}

/** In the order of the live groups, with those that only the shown ones have where they were. */
function regrouped(
  shown: readonly TaskGroup[],
  live: readonly TaskGroup[],
  rest: ReadonlyMap<string, readonly Task[]>,
): TaskGroup[] {
  const names = new Set(live.map(({ name }) => name));
  const groups = [...live];
  shown.forEach((group, at) => {
    if (!names.has(group.name)) groups.splice(at, 0, group);
  });
  return groups
    .map((group) => ({ ...group, tasks: rest.get(group.name) ?? [] }))
    .filter(({ tasks }) => tasks.length > 0);
}
