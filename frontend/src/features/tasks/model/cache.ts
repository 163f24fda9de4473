import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task, TaskChanges } from "@/shared/api/types";
import { type Collection, dropItem, emptyCollection, mergeItems } from "@/shared/realtime/merge";

interface Write {
  /** Names the write in every tab and after a reload; of a draft or restoring also for the server. */
  readonly key: string;
  /** When it was made. */
  readonly at: number;
  /** Made in another tab, which also sends it. */
  readonly isForeign?: boolean;
}

/** A change that the screen shows already and the server has not confirmed. */
export interface PendingEdit extends Write {
  readonly taskId: number;
  readonly changes: TaskChanges;
  /** What the person saw in the touched fields: a different value on the server is a conflict. */
  readonly seen: TaskChanges;
  readonly isDelete: boolean;
  /** Back from the trash. */
  readonly isRestore?: boolean;
}

export interface Draft extends Write {
  /** Negative, so that it can stand among tasks and never be mistaken for one. */
  readonly id: number;
  readonly input: TaskChanges & { readonly title: string };
  readonly createdAt: string;
  /** When it was sent for the first time: from then on the server may have it. */
  readonly triedAt?: number | undefined;
  readonly error: unknown;
}

/**
 * Everything known of tasks, kept as one entry of the query cache. Server state
 * and unconfirmed edits are separate layers: taking an edit away is the rollback,
 * and it can't undo what arrived from elsewhere in the meantime.
 */
export interface TaskCache {
  readonly server: Collection<Task>;
  readonly edits: readonly PendingEdit[];
  readonly drafts: readonly Draft[];
}

export const emptyCache: TaskCache = { server: emptyCollection<Task>(), edits: [], drafts: [] };

queryClient.setQueryDefaults(queryKeys.tasks.cache, {
  queryFn: () => readCache(),
  initialData: emptyCache,
  enabled: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  structuralSharing: false,
});

export function readCache(): TaskCache {
  return queryClient.getQueryData<TaskCache>(queryKeys.tasks.cache) ?? emptyCache;
}

export function updateCache(change: (cache: TaskCache) => TaskCache): void {
  const before = readCache();
  const after = change(before);
  if (after !== before) queryClient.setQueryData(queryKeys.tasks.cache, after);
}

function updateServer(change: (server: Collection<Task>) => Collection<Task>): void {
  updateCache((cache) => {
    const server = change(cache.server);
    return server === cache.server ? cache : { ...cache, server };
  });
}

/** `isFresh`: asked for after the last thing known to have gone. */
export function mergeTasks(tasks: readonly Task[], isFresh = false): void {
  updateServer((server) => mergeItems(server, tasks, isFresh));
}

export function dropTask(id: number, version?: number): void {
  updateServer((server) => dropItem(server, id, version));
}

export function serverTask(id: number): Task | undefined {
  return readCache().server.items.get(id);
}

/** A task as the screen shows it: the server's state under the edits on their way. */
export function viewTask(cache: TaskCache, id: number): Task | undefined {
  const task = cache.server.items.get(id);
  if (!task) return undefined;
  const edits = cache.edits.filter((edit) => edit.taskId === id);
  if (isLeaving(edits)) return undefined;
  return edits.reduce(applyEdit, task);
}

/** Whether a deletion is on its way that nobody took back since. */
export function isLeaving(edits: readonly PendingEdit[]): boolean {
  return edits.findLast((edit) => edit.isDelete || edit.isRestore)?.isDelete ?? false;
}

function applyEdit(task: Task, { changes }: PendingEdit): Task {
  const edited = { ...task, ...changes };
  if (changes.status === undefined || changes.status === task.status) return edited;
  const completed_at = changes.status === "completed" ? new Date().toISOString() : null;
  return { ...edited, completed_at };
}

/** One array per state of a layer, so that whoever asks again with the same state pays nothing. */
const serverLists = new WeakMap<Collection<Task>, readonly Task[]>();
const viewLists = new WeakMap<TaskCache, readonly Task[]>();

export function viewTasks(cache: TaskCache): readonly Task[] {
  const known = viewLists.get(cache);
  if (known) return known;
  const tasks = underEdits(cache, serverTasks(cache.server));
  viewLists.set(cache, tasks);
  return tasks;
}

function serverTasks(server: Collection<Task>): readonly Task[] {
  const known = serverLists.get(server);
  if (known) return known;
  const tasks = [...server.items.values()];
  serverLists.set(server, tasks);
  return tasks;
}

/** The very same array where nothing lies above it. */
function underEdits(cache: TaskCache, tasks: readonly Task[]): readonly Task[] {
  if (cache.edits.length === 0 && cache.drafts.length === 0) return tasks;
  const edited = new Set(cache.edits.map((edit) => edit.taskId));
  const views = cache.drafts.map(draftAsTask);
  for (const task of tasks) {
    const view = edited.has(task.id) ? viewTask(cache, task.id) : task;
    if (view) views.push(view);
  }
  return views;
}

export function draftAsTask({ id, input, createdAt }: Draft): Task {
  const blank = {
    description: "",
    priority: "medium",
    status: "pending",
    due_date: null,
    due_time: null,
    labels: [],
    completed_at: null,
  } as const;
  const fixed = { id, version: 0, created_at: createdAt, updated_at: createdAt, user: 0 };
  return { ...blank, ...input, ...fixed };
}

let lastNow = 0;

/** The time, and never twice the same, so that it also says what was made first. */
export function now(): number {
  lastNow = Math.max(Date.now(), lastNow + 1);
  return lastNow;
}

/** How many writes the server has not confirmed. */
export function countWaiting(cache: TaskCache): number {
  return cache.edits.length + cache.drafts.filter((draft) => draft.error === null).length;
}
