import { isStatus, isTransient, NetworkError } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { noteReached, reachedStore } from "@/shared/lib/online";
import { backoffMs } from "@/shared/realtime/backoff";
import type { TaskFact } from "@/shared/realtime/facts";
import { isNews } from "@/shared/realtime/merge";
import { connectedStore, onFact } from "@/shared/realtime/socket";
import { onForget, sessionGeneration } from "@/shared/session/session";
import { getTask, listChanges } from "../api";
import { dropTask, emptyCache, mergeTasks, readCache, updateCache } from "./cache";
import { cursorStore, moveCursor } from "./cursor";
import { noteNews } from "./held";
import { whenIdle } from "./queue";

/** More news than this at once is one catch-up instead of as many requests. */
const FETCH_AT_MOST = 3;

let catchingUp: Promise<void> | null = null;
let isBehind = false;
/** News came before there was a cursor: a kept copy, once it is here, begins with catching up. */
let isOwed = false;
let isFollowing = false;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
const fetching = new Set<number>();

onForget(() => {
  catchingUp = null;
  isOwed = false;
  fetching.clear();
});

/** Follows the socket; returns how to stop. */
export function startTaskSync(): () => void {
  isFollowing = true;
  const stops = [
    onFact("task", (fact) => void takeFact(fact)),
    onFact("ready", () => void catchUp()),
    onVisible(() => (connectedStore.get() ? undefined : void catchUp())),
    cursorStore.subscribe(() => (isOwed ? void catchUp() : undefined)),
    reachedStore.subscribe(() => (reachedStore.get() ? undefined : retryLater())),
    () => clearTimeout(retry),
  ];
  return () => {
    isFollowing = false;
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
    takeNews([await getTask(id)]);
  } catch (error) {
    if (isStatus(error, 404)) dropTask(id);
    else if (isTransient(error)) void catchUp();
  } finally {
    fetching.delete(id);
  }
}

/** From elsewhere: a list that somebody is working in lets it wait for its place. */
function takeNews(tasks: readonly Task[]): void {
  const { server } = readCache();
  noteNews(tasks.filter(({ id, version }) => isNews(server, id, version)).map(({ id }) => id));
  mergeTasks(tasks, true);
}

function invalidateTrash(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: queryKeys.tasks.trash });
}

/** Everything since the last cursor, one run at a time. Never throws: it tries again by itself. */
export function catchUp(): Promise<void> {
  clearTimeout(retry);
  isOwed = cursorStore.get() === null;
  if (isOwed) return Promise.resolve();
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
    const cursor = cursorStore.get();
    if (cursor) await readChanges(cursor);
  } while (isBehind);
}

async function readChanges(from: Promise<string>): Promise<void> {
  const generation = sessionGeneration();
  try {
    let since = await from;
    for (let more = true; more; ) {
      const page = await listChanges(since);
      takeNews(page.results);
      for (const id of page.gone) dropTask(id);
      since = page.cursor;
      more = page.has_more;
      moveCursor(since);
    }
    onLevel();
  } catch (error) {
    if (generation === sessionGeneration()) await onCatchUpFailed(error);
  }
}

function onLevel(): void {
  failures = 0;
  noteReached(true);
  if (queryClient.getQueryData(queryKeys.tasks.trash)) void invalidateTrash();
}

async function onCatchUpFailed(error: unknown): Promise<void> {
  if (error instanceof NetworkError) noteReached(false);
  if (isTransient(error)) return retryLater();
  if (isStatus(error, 400, 410)) await reloadAll();
}

function retryLater(): void {
  if (!isFollowing) return;
  clearTimeout(retry);
  retry = setTimeout(() => void catchUp(), backoffMs(failures));
  failures += 1;
}

/** The feed no longer reaches back to our cursor: what is cached can't be trusted any more. */
async function reloadAll(): Promise<void> {
  moveCursor(null);
  updateCache((cache) => ({ ...cache, server: emptyCache.server }));
  await queryClient.resetQueries({ queryKey: ["tasks", "load"] });
}
