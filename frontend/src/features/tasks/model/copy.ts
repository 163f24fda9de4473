import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { idle } from "@/shared/lib/idle";
import { writeOwn } from "@/shared/lib/own-storage";
import { uuid } from "@/shared/lib/uuid";
import {
  beginCopy,
  claim,
  NotOurs,
  readCopy,
  StaleCopyError,
  type SyncMark,
  writeCopy,
} from "@/shared/persistence/database";
import { onForget, sessionGeneration, sessionStore } from "@/shared/session/session";
import { mergeTasks, readCache } from "./cache";
import { cursorStore, moveCursor } from "./cursor";
import type { LoadState } from "./load";
import { COPY_NAME, type SavedLoads } from "./saved";

const SAVE_AFTER_MS = 1_500;
/** So many are written at a time: each is copied while everything else waits. */
const CHUNK = 100;

/** What is on disk, as far as this tab has read or written it. */
let kept: ReadonlyMap<number, Task> | null = null;
let stamp = "";
let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> = Promise.resolve();

onForget(() => {
  kept = null;
  stamp = "";
  clearTimeout(timer);
});

/** Fills the cache with what this browser kept of this person's tasks. */
export async function restoreCopy(isWanted: () => boolean): Promise<SavedLoads> {
  const { user } = sessionStore.get();
  if (!user) return {};
  const generation = sessionGeneration();
  await claim(user);
  const copy = await readCopy(user.id);
  if (!copy || cursorStore.get() || !isWanted() || generation !== sessionGeneration()) return {};
  mergeTasks(copy.tasks);
  moveCursor(copy.mark.cursor);
  kept = new Map(copy.tasks.map((task) => [task.id, task]));
  stamp = copy.stamp;
  return copy.mark;
}

/** Keeps the copy up to date for as long as somebody is signed in; one tab does it for all. */
export function startKeeping(): () => void {
  const stopBeingKeeper = becomeKeeper();
  const unsubscribe = queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === queryKeys.tasks.cache[0]) saveSoon();
  });
  saveSoon();
  return () => {
    unsubscribe();
    stopBeingKeeper();
    clearTimeout(timer);
  };
}

let isKeeper = false;

function becomeKeeper(): () => void {
  const release = new AbortController();
  void navigator.locks
    ?.request("tm.copy", { signal: release.signal }, () => {
      isKeeper = true;
      saveSoon();
      return new Promise<void>((resolve) =>
        release.signal.addEventListener("abort", () => resolve()),
      );
    })
    .catch(() => undefined);
  return () => {
    isKeeper = false;
    release.abort();
  };
}

/** Without Web Locks the tab that is looked at keeps the copy. */
function mayKeep(): boolean {
  return navigator.locks ? isKeeper : document.visibilityState === "visible";
}

function saveSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    saving = saving.then(save).catch(() => undefined);
  }, SAVE_AFTER_MS);
}

async function save(): Promise<void> {
  const { user, status } = sessionStore.get();
  const cursor = await cursorStore.get();
  if (!user || !cursor || status !== "active" || !mayKeep()) return;
  const generation = sessionGeneration();
  const { items } = readCache().server;
  const mark = markOf(cursor);
  try {
    await writeOut(user.id, items, mark, () => generation === sessionGeneration());
  } catch (error) {
    if (generation !== sessionGeneration()) return;
    kept = null;
    // Whoever keeps unsent writes claims the storage, which may come a moment later.
    if (error instanceof StaleCopyError || error instanceof NotOurs) saveSoon();
  }
}

function markOf(cursor: string): SyncMark {
  const stateOf = (key: readonly string[]) => queryClient.getQueryData<LoadState>(key);
  return {
    cursor,
    open: stateOf(queryKeys.tasks.open),
    completed: stateOf(queryKeys.tasks.completed),
  };
}

/** Only the difference, or everything anew where another tab has written in between. */
async function writeOut(
  userId: number,
  items: ReadonlyMap<number, Task>,
  mark: SyncMark,
  isStillTheirs: () => boolean,
): Promise<void> {
  if (!kept) {
    stamp = uuid();
    await beginCopy(userId, stamp);
  }
  const before = kept ?? new Map<number, Task>();
  const changed = [...items.values()].filter((task) => before.get(task.id) !== task);
  const removed = [...before.keys()].filter((id) => !items.has(id));
  for (let from = 0; from < changed.length; from += CHUNK) {
    if (!isStillTheirs()) return;
    await writeCopy(userId, stamp, { changed: changed.slice(from, from + CHUNK), removed: [] });
    await idle();
  }
  await writeCopy(userId, stamp, { changed: [], removed, mark });
  if (!isStillTheirs()) return;
  kept = items;
  writeOwn(userId, COPY_NAME, true);
}
