import { readCache, viewTask, viewTasks } from "@/features/tasks/model/cache";
import type { CommandId } from "@/shared/actions/commands";
import { commandIds, commands } from "@/shared/actions/commands";
import type { SavedFilter, Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { fold, matchScore } from "@/shared/lib/match-score";
import { hrefOf } from "./filter-link";

export type PaletteItem =
  | {
      readonly kind: "command";
      readonly name: string;
      readonly label: string;
      readonly id: CommandId;
    }
  | {
      readonly kind: "filter";
      readonly name: string;
      readonly label: string;
      readonly href: string;
    }
  | { readonly kind: "task"; readonly name: string; readonly label: string; readonly task: Task };

export interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

const t = messages.palette;
const TASKS_SHOWN = 8;
const COMMANDS_SHOWN = 6;
const FILTERS_SHOWN = 4;
/** An open task comes before a done one that matches as well. */
const OPEN_BONUS = 1;

/** Nothing typed: what was used last, then what can be done. */
export function itemsAtRest(
  available: readonly CommandId[],
  recent: readonly string[],
  filters: readonly SavedFilter[],
): PaletteGroup[] {
  const offered = available.filter(isOffered);
  const last = recent.flatMap((name) => itemOf(name, offered, filters) ?? []);
  const lastNames = new Set(last.map(({ name }) => name));
  const isOther = ({ name }: PaletteItem) => !lastNames.has(name);
  return grouped([
    [t.recent, last],
    [messages.filters.title, filters.map(filterItem).filter(isOther)],
    [t.commands, offered.map(commandItem).filter(isOther)],
  ]);
}

/** The better answers first, whichever kind they are. */
export function itemsFor(
  query: string,
  available: readonly CommandId[],
  filters: readonly SavedFilter[],
): PaletteGroup[] {
  const folded = fold(query.trim());
  const tasks = best(
    viewTasks(readCache()).filter(({ id }) => id > 0),
    TASKS_SHOWN,
    (task) => taskScore(folded, task),
  );
  const found = best(available.filter(isOffered), COMMANDS_SHOWN, (id) =>
    matchScore(folded, fold(messages.commands[id])),
  );
  const saved = best(filters, FILTERS_SHOWN, ({ name }) => matchScore(folded, fold(name)));
  const groups: [string, Ranked<PaletteItem>[]][] = [
    [t.tasks, tasks.map(({ item, score }) => ({ item: taskItem(item), score }))],
    [messages.filters.title, saved.map(({ item, score }) => ({ item: filterItem(item), score }))],
    [t.commands, found.map(({ item, score }) => ({ item: commandItem(item), score }))],
  ];
  const top = ([, items]: (typeof groups)[number]) => items[0]?.score ?? 0;
  groups.sort((a, b) => top(b) - top(a));
  return grouped(groups.map(([name, items]) => [name, items.map(({ item }) => item)]));
}

interface Ranked<T> {
  readonly item: T;
  readonly score: number;
}

function best<T>(items: readonly T[], most: number, scoreOf: (item: T) => number): Ranked<T>[] {
  return items
    .map((item) => ({ item, score: scoreOf(item) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
}

function taskScore(query: string, task: Task): number {
  const title = matchScore(query, fold(task.title));
  const labels = task.labels.map((label) => matchScore(query, fold(`#${label}`)));
  const score = Math.max(title, ...labels.map((label) => label - 1));
  return score > 0 && task.status !== "completed" ? score + OPEN_BONUS : score;
}

function grouped(groups: [string, readonly PaletteItem[]][]): PaletteGroup[] {
  return groups.filter(([, items]) => items.length > 0).map(([value, items]) => ({ value, items }));
}

/** Moving about in a list is for keys; the palette is open already. */
function isOffered(id: CommandId): boolean {
  return id !== "palette.open" && (commands[id].group !== "list" || id === "list.selectAll");
}

function commandItem(id: CommandId): PaletteItem {
  return { kind: "command", name: id, label: messages.commands[id], id };
}

function filterItem(filter: SavedFilter): PaletteItem {
  return {
    kind: "filter",
    name: `filter:${filter.id}`,
    label: filter.name,
    href: hrefOf(filter),
  };
}

function taskItem(task: Task): PaletteItem {
  return { kind: "task", name: `task:${task.id}`, label: task.title, task };
}

function itemOf(
  name: string,
  available: readonly CommandId[],
  filters: readonly SavedFilter[],
): PaletteItem | null {
  const filter = filters.find(({ id }) => name === `filter:${id}`);
  if (filter) return filterItem(filter);
  if (name.startsWith("task:")) {
    const task = viewTask(readCache(), Number(name.slice("task:".length)));
    return task ? taskItem(task) : null;
  }
  const id = commandIds.find((one) => one === name);
  return id && available.includes(id) ? commandItem(id) : null;
}
