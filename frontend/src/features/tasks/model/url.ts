import type { Task, TaskPriority, TaskStatus } from "@/shared/api/types";
import { isPlainDate, type PlainDate } from "@/shared/lib/plain-date";

export const STATUSES: readonly TaskStatus[] = ["pending", "in_progress", "completed"];
export const PRIORITIES: readonly TaskPriority[] = ["high", "medium", "low"];

export interface TaskFilter {
  readonly status: readonly TaskStatus[];
  readonly priority: readonly TaskPriority[];
}

export const NO_FILTER: TaskFilter = { status: [], priority: [] };

/** What the panel beside the list shows. */
export type OpenPanel =
  | { readonly kind: "new"; readonly due?: PlainDate }
  | { readonly kind: "task"; readonly id: number; readonly doing: "view" | "edit" | "delete" };

/** An address may be typed or old: what is not a known value is left out. */
export function readFilter(params: URLSearchParams): TaskFilter {
  return {
    status: readList(params.get("status"), STATUSES),
    priority: readList(params.get("priority"), PRIORITIES),
  };
}

export function writeFilter(params: URLSearchParams, filter: TaskFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  writeList(next, "status", filter.status);
  writeList(next, "priority", filter.priority);
  return next;
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

export function isFiltered(filter: TaskFilter): boolean {
  return filter.status.length + filter.priority.length > 0;
}

export function passes(task: Task, { status, priority }: TaskFilter): boolean {
  return (
    (status.length === 0 || status.includes(task.status)) &&
    (priority.length === 0 || priority.includes(task.priority))
  );
}

function readList<T extends string>(value: string | null, known: readonly T[]): T[] {
  const asked = new Set(value?.split(","));
  return known.filter((one) => asked.has(one));
}

function writeList(params: URLSearchParams, name: string, values: readonly string[]): void {
  if (values.length > 0) params.set(name, values.join(","));
  else params.delete(name);
}
