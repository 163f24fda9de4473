import { isPlainDate, type PlainDate } from "@/shared/lib/plain-date";
import { DUE_WORDS, NO_FILTER, PRIORITIES, STATUSES, type TaskFilter } from "./filter";
import { type Arrangement, DEFAULT_ARRANGEMENT, GROUPINGS } from "./groups";
import { type Ordering, SORT_KEYS } from "./sorting";

/** What the panel beside the list shows. */
export type OpenPanel =
  | { readonly kind: "new"; readonly due?: PlainDate }
  | { readonly kind: "task"; readonly id: number; readonly doing: "view" | "edit" | "delete" };

const SEARCH_MAX = 200;
const LABEL_MAX = 40;
const LABELS_MAX = 20;
const ORDERINGS: readonly Ordering[] = SORT_KEYS.flatMap((key) => [key, `-${key}` as const]);
const FILTER_NAMES = Object.keys(NO_FILTER) as readonly (keyof TaskFilter)[];

/**
 * The address speaks the list API's words, so that a saved filter's query is both.
 * It may be typed or old: what is not a known value is left out.
 */
export function readFilter(params: URLSearchParams): TaskFilter {
  return {
    search: (params.get("search") ?? "").trim().slice(0, SEARCH_MAX),
    status: readList(params, "status", STATUSES),
    priority: readList(params, "priority", PRIORITIES),
    label: readLabels(params.getAll("label")),
    due: known(params.get("due"), DUE_WORDS),
    due_after: readDate(params.get("due_after")),
    due_before: readDate(params.get("due_before")),
  };
}

export function writeFilter(params: URLSearchParams, filter: TaskFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of FILTER_NAMES) {
    const value = filter[name];
    const text = typeof value === "object" ? (value?.map(quoted).join(",") ?? "") : value;
    write(next, name, text);
  }
  return next;
}

export function readArrangement(params: URLSearchParams): Arrangement {
  const { grouping, ordering } = DEFAULT_ARRANGEMENT;
  return {
    grouping: known(params.get("grouping"), GROUPINGS) ?? grouping,
    ordering: known(params.get("ordering"), ORDERINGS) ?? ordering,
  };
}

/** What is as it would be anyway is left out. */
export function writeArrangement(
  params: URLSearchParams,
  { grouping, ordering }: Arrangement,
): URLSearchParams {
  const next = new URLSearchParams(params);
  write(next, "grouping", grouping === DEFAULT_ARRANGEMENT.grouping ? "" : grouping);
  write(next, "ordering", ordering === DEFAULT_ARRANGEMENT.ordering ? "" : ordering);
  return next;
}

/** A filter and an order as the list API takes them, always spelled the same. */
export function queryOf(filter: TaskFilter, { ordering }: Pick<Arrangement, "ordering">): string {
  const params = writeFilter(new URLSearchParams(), filter);
  return writeArrangement(params, { ...DEFAULT_ARRANGEMENT, ordering }).toString();
}

export function readPanel(params: URLSearchParams): OpenPanel | null {
  const value = params.get("task");
  if (value === "new") return newPanel(params.get("on"));
  if (!value || !/^[1-9]\d{0,15}$/.test(value)) return null;
  const asked = params.get("do");
  const doing = asked === "edit" || asked === "delete" ? asked : "view";
  return { kind: "task", id: Number(value), doing };
}

function newPanel(due: string | null): OpenPanel {
  return due && isPlainDate(due) ? { kind: "new", due } : { kind: "new" };
}

export function writePanel(params: URLSearchParams, panel: OpenPanel | null): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete("task");
  next.delete("do");
  next.delete("on");
  if (panel?.kind === "new" && panel.due) next.set("on", panel.due);
  if (panel) next.set("task", panel.kind === "new" ? "new" : String(panel.id));
  if (panel?.kind === "task" && panel.doing !== "view") next.set("do", panel.doing);
  return next;
}

function known<T extends string>(value: string | null, values: readonly T[]): T | null {
  return values.find((one) => one === value) ?? null;
}

function readDate(value: string | null): PlainDate | null {
  return value !== null && isPlainDate(value) ? value : null;
}

function readList<T extends string>(params: URLSearchParams, name: string, values: readonly T[]) {
  const asked = new Set(params.getAll(name).flatMap((value) => value.split(",")));
  return values.filter((one) => asked.has(one));
}

/** Repeated or with commas between; a name that holds a comma stands in double quotes. */
function readLabels(values: readonly string[]): string[] {
  const names = values.flatMap((value) =>
    [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? "",
    ),
  );
  const fitting = names.filter((name) => name.length > 0 && name.length <= LABEL_MAX);
  return [...new Set(fitting)].slice(0, LABELS_MAX);
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function write(params: URLSearchParams, name: string, value: string | null): void {
  if (value) params.set(name, value);
  else params.delete(name);
}
