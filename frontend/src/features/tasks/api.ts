import { get, patch, post, remove } from "@/shared/api/client";
import { getPage } from "@/shared/api/pages";
import type {
  HistoryEntry,
  Page,
  Task,
  TaskChanges,
  TaskChangesPage,
  TaskStatus,
  TrashedTask,
} from "@/shared/api/types";

const PAGE_SIZE = 100;
const HISTORY_PAGE = 20;

/** Which tasks a list is loaded with, and from which end. */
export interface Listing {
  readonly status: readonly TaskStatus[];
  readonly ordering: string;
}

export function listTasks(
  { status, ordering }: Listing,
  cursor: string | null,
): Promise<Page<Task>> {
  const params = { status: status.join(","), ordering, limit: PAGE_SIZE };
  return getPage<Task>("/api/tasks/", params, cursor);
}

/** The best match first. `query` is the list API's, `search` included. */
export function searchTasks(
  query: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Page<Task>> {
  const params = Object.fromEntries(new URLSearchParams(query));
  const ranked = { ...params, ordering: "relevance", limit: PAGE_SIZE };
  return getPage<Task>("/api/tasks/", ranked, cursor, signal);
}

export function getTask(id: number): Promise<Task> {
  return get<Task>(`/api/tasks/${id}/`);
}

/** The key makes a repeated send the same task, however often the network asks for it. */
export function createTask(input: TaskChanges, key: string): Promise<Task> {
  return post<Task>("/api/tasks/", input, key);
}

export function patchTask(id: number, changes: TaskChanges, version: number): Promise<Task> {
  return patch<Task>(`/api/tasks/${id}/`, changes, version);
}

export function deleteTask(id: number, version: number): Promise<void> {
  return remove(`/api/tasks/${id}/`, version);
}

export function restoreTask(id: number, key: string): Promise<Task> {
  return post<Task>(`/api/tasks/${id}/restore/`, {}, key);
}

/** The key makes a repeated send one change. */
export function revertTask(id: number, version: number, key: string): Promise<Task> {
  return post<Task>(`/api/tasks/${id}/revert/`, { version }, key);
}

export function listHistory(id: number, cursor: string | null): Promise<Page<HistoryEntry>> {
  return getPage<HistoryEntry>(`/api/tasks/${id}/history/`, { limit: HISTORY_PAGE }, cursor);
}

export interface BulkOrder {
  readonly set?: TaskChanges;
  readonly action?: "delete" | "restore";
}

export interface BulkResult {
  readonly id: number;
  readonly version: number;
  readonly changed: boolean;
}

/** At most 200 tasks; all or none. */
export async function bulkTasks(
  ids: readonly number[],
  order: BulkOrder,
  key: string,
): Promise<readonly BulkResult[]> {
  const body = { ids, ...order };
  return (await post<{ results: BulkResult[] }>("/api/tasks/bulk/", body, key)).results;
}

export function listTrash(cursor: string | null): Promise<Page<TrashedTask>> {
  return getPage<TrashedTask>("/api/tasks/trash/", { limit: PAGE_SIZE }, cursor);
}

/** What changed since a cursor; `latest` asks for a cursor only. */
export function listChanges(since: string): Promise<TaskChangesPage> {
  return get<TaskChangesPage>("/api/tasks/changes/", { since });
}

/** On every task of mine, also in the trash. */
export async function renameLabel(name: string, next: string): Promise<void> {
  await patch(labelUrl(name), { name: next });
}

export function removeLabel(name: string): Promise<void> {
  return remove(labelUrl(name));
}

function labelUrl(name: string): string {
  return `/api/labels/${encodeURIComponent(name)}/`;
}

/** For good, with all that its history said. */
export function purgeTask(id: number): Promise<void> {
  return remove(`/api/tasks/trash/${id}/`);
}

/** For good: what is in the trash now, and nothing that comes into it meanwhile. */
export function emptyTrash(): Promise<void> {
  return remove("/api/tasks/trash/");
}
