import { isStatus, NetworkError } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { TaskFact } from "@/shared/realtime/facts";
import { isNews } from "@/shared/realtime/merge";
import { connectedStore, onFact } from "@/shared/realtime/socket";
import { onForget } from "@/shared/session/session";
import { getTask, listChanges } from "../api";
import { dropTask, emptyCache, mergeTasks, readCache, updateCache } from "./cache";
import { whenIdle } from "./queue";

/** More news than this at once is one catch-up instead of as many requests. */
const FETCH_AT_MOST = 3;

let cursor: Promise<string> | null = null;
let catchingUp: Promise<void> | null = null;
let isBehind = false;
const fetching = new Set<number>();

onForget(() => {
  cursor = null;
  catchingUp = null;
  fetching.clear();
});

/** Where the change feed stood before anything was loaded. */
export function syncCursor(): Promise<string> {
  cursor ??= listChanges("latest").then(({ cursor: latest }) => latest);
  cursor.catch(() => {
    cursor = null;
  });
  return cursor;
}

/** Follows the socket; returns how to stop. */
export function startTaskSync(): () => void {
  const stops = [
    onFact("task", (fact) => void takeFact(fact)),
    onFact("ready", () => void catchUp()),
    onVisible(() => (connectedStore.get() ? undefined : void catchUp())),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function onVisible(run: () => void): () => void {
  const listener = () => document.visibilityState === "visible" && run();
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** A fact says only that something changed; our own writes are known already. */
export async function takeFact({ id, verb, version }: TaskFact): Promise<void> {
  await whenIdle(id);
  if (!isNews(readCache().server, id, version)) return;
  if (verb === "trashed" || verb === "purged") {
    dropTask(id, version);
    return invalidateTrash();
  }
  if (verb === "restored") void invalidateTrash();
  await fetchChanged(id);
}

async function fetchChanged(id: number): Promise<void> {
  if (fetching.size >= FETCH_AT_MOST) return catchUp();
  fetching.add(id);
  try {
    mergeTasks([await getTask(id)], true);
  } catch (error) {
    if (isStatus(error, 404)) dropTask(id);
  } finally {
    fetching.delete(id);
  }
}

function invalidateTrash(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: queryKeys.tasks.trash });
}

/** Everything since the last cursor, one run at a time. Never throws: the next `ready` tries again. */
export function catchUp(): Promise<void> {
  // Before the first list there is nothing to catch up with: it takes the cursor itself.
  if (!cursor) return Promise.resolve();
  // A run under way may have read its last page before this news: it reads once more.
  if (catchingUp) isBehind = true;
  catchingUp ??= readUntilLevel().finally(() => {
    catchingUp = null;
  });
  return catchingUp;
}

async function readUntilLevel(): Promise<void> {
  do {
    isBehind = false;
    if (cursor) await readChanges(cursor);
  } while (isBehind);
}

async function readChanges(from: Promise<string>): Promise<void> {
  try {
    let since = await from;
    for (let more = true; more; ) {
      const page = await listChanges(since);
      mergeTasks(page.results, true);
      for (const id of page.gone) dropTask(id);
      since = page.cursor;
      more = page.has_more;
      cursor = Promise.resolve(since);
    }
    if (queryClient.getQueryData(queryKeys.tasks.trash)) void invalidateTrash();
  } catch (error) {
    await onCatchUpFailed(error);
  }
}

async function onCatchUpFailed(error: unknown): Promise<void> {
  if (error instanceof NetworkError || !isStatus(error, 400, 410)) return;
  await reloadAll();
}

/** The feed no longer reaches back to our cursor: what is cached can't be trusted any more. */
async function reloadAll(): Promise<void> {
  cursor = null;
  updateCache((cache) => ({ ...cache, server: emptyCache.server }));
  await queryClient.resetQueries({ queryKey: ["tasks", "load"] });
}
