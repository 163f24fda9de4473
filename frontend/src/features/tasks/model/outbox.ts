import { SignedOutError } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { uuid } from "@/shared/lib/uuid";
import {
  adoptWrites,
  changeWrites,
  claim,
  readWrites,
  type StoredWrite,
} from "@/shared/persistence/database";
import { onForget, sessionGeneration, sessionStore } from "@/shared/session/session";
import {
  type Draft,
  dropTask,
  mergeTasks,
  type PendingEdit,
  readCache,
  serverTask,
  updateCache,
} from "./cache";
import { makeDraft, resumeDraft } from "./create";
import { resumeEdit } from "./edit";
import { addRefused, dropRefused, refusedStore } from "./refused";

/**
 * Unsent writes on disk. Each belongs to the tab it was made in, which sends it; a
 * tab holds a lock while it lives, so that others learn of its end and take over.
 * A write that was sent without its answer being heard is sent again, which the
 * Idempotency-Key and If-Match make harmless. The server forgets such a key after a day;
 * a new task from before that waits for its person to say whether it is there already.
 */
const TAB = uuid();
const lockOf = (tab: string) => `tm.tab.${tab}`;

interface Signal {
  readonly userId: number;
  /** What has just been confirmed, so that no tab shows it undone for a moment. */
  readonly saved: readonly Task[];
  readonly dropped: readonly (readonly [id: number, version: number])[];
}

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("tm.writes");

/** Own writes as they are on disk, or on their way there. */
let stored = new Map<string, PendingEdit | Draft>();
let writing: Promise<void> = Promise.resolve();
let watched = new Set<string>();
let isOpen = false;
/** Whether closing the page would lose nothing. */
let isDurable = false;

onForget(() => {
  stored = new Map();
  watched = new Set();
});

/** Takes up what was left unsent, and keeps what will be; returns how to stop. */
export function startOutbox(): () => void {
  const life = new AbortController();
  void holdLock(life.signal);
  const onMessage = ({ data }: MessageEvent<Signal>) => {
    if (data.userId !== userId()) return;
    mergeTasks(data.saved);
    for (const [id, version] of data.dropped) dropTask(id, version);
    void followOthers();
  };
  channel?.addEventListener("message", onMessage);
  window.addEventListener("beforeunload", warnOfLoss, { signal: life.signal });
  const unsubscribe = [
    queryClient.getQueryCache().subscribe(({ query }) => {
      if (query.queryKey[1] === queryKeys.tasks.cache[1]) noteChanges();
    }),
    refusedStore.subscribe(noteChanges),
  ];
  return () => {
    isOpen = false;
    life.abort();
    channel?.removeEventListener("message", onMessage);
    for (const stop of unsubscribe) stop();
    isDurable = false;
  };
}

/** Nothing of ours is on disk before the lock is held: others would take it for left behind. */
async function holdLock(signal: AbortSignal): Promise<void> {
  // Without locks no tab can tell whether another lives; sending twice does no harm.
  if (!navigator.locks) return begin(signal);
  const untilOver = async () => {
    await begin(signal);
    await over(signal);
  };
  await navigator.locks.request(lockOf(TAB), { signal }, untilOver).catch(() => undefined);
}

function over(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

function warnOfLoss(event: BeforeUnloadEvent): void {
  if (!isDurable && ownWrites().size > 0) event.preventDefault();
}

async function begin(signal: AbortSignal): Promise<void> {
  const { user } = sessionStore.get();
  if (!user) return;
  await claim(user).catch(() => undefined);
  if (signal.aborted) return;
  isOpen = true;
  noteChanges();
  if (!navigator.locks) await adopt(() => true);
  await followOthers();
}

function userId(): number | null {
  return sessionStore.get().user?.id ?? null;
}

/** Writes down what changed of our own writes, and tells the other tabs. */
function noteChanges(): void {
  const user = userId();
  if (user === null || !isOpen) return;
  const own = ownWrites();
  const put = [...own.values()].filter((write) => stored.get(write.key) !== write);
  const gone = [...stored.values()].filter(({ key }) => !own.has(key));
  if (put.length === 0 && gone.length === 0) return;
  stored = own;
  writing = writing
    .then(() =>
      changeWrites(
        user,
        put.map(toStored),
        gone.map(({ key }) => key),
      ),
    )
    .then(
      () => {
        isDurable = true;
      },
      () => {
        isDurable = false;
      },
    )
    .then(() => channel?.postMessage({ userId: user, ...outcome(gone) } satisfies Signal));
}

function ownWrites(): Map<string, PendingEdit | Draft> {
  const { edits, drafts } = readCache();
  const refused = refusedStore.get().map(({ edit }) => edit);
  const own = [...edits, ...drafts, ...refused].filter(({ isForeign }) => !isForeign);
  return new Map(own.map((write) => [write.key, write]));
}

/** What became of the tasks that these writes were about. */
function outcome(writes: readonly (PendingEdit | Draft)[]): Omit<Signal, "userId"> {
  const { items, gone } = readCache().server;
  const ids = writes.flatMap((write) => ("taskId" in write ? [write.taskId] : []));
  return {
    saved: ids.flatMap((id) => items.get(id) ?? []),
    dropped: ids.flatMap((id) => {
      const version = gone.get(id);
      return version === undefined ? [] : [[id, version] as const];
    }),
  };
}

function toStored(write: PendingEdit | Draft): StoredWrite {
  const base = { key: write.key, at: write.at, tab: TAB };
  if (!("taskId" in write)) {
    const { input, createdAt, triedAt } = write;
    return { ...base, kind: "draft", input, createdAt, triedAt };
  }
  const { taskId, changes, seen, isDelete, isRestore = false } = write;
  return { ...base, kind: "edit", taskId, changes, seen, isDelete, isRestore };
}

/** Shows what other tabs have not sent yet, and waits for their end. */
async function followOthers(): Promise<void> {
  const user = userId();
  const generation = sessionGeneration();
  if (user === null) return;
  const writes = await readWrites(user).catch(() => []);
  if (generation !== sessionGeneration()) return;
  const foreign = writes.filter(({ tab }) => tab !== TAB);
  showForeign(foreign);
  if (navigator.locks) for (const { tab } of foreign) watch(tab);
}

function watch(tab: string): void {
  if (watched.has(tab)) return;
  watched.add(tab);
  const generation = sessionGeneration();
  void navigator.locks.request(lockOf(tab), async () => {
    watched.delete(tab);
    if (generation === sessionGeneration()) await adopt((write) => write.tab === tab);
  });
}

async function adopt(isLeft: (write: StoredWrite) => boolean): Promise<void> {
  const user = userId();
  const generation = sessionGeneration();
  if (user === null) return;
  const left = (await adoptWrites(user, isLeft, TAB).catch(() => [])).filter(
    ({ key }) => !stored.has(key),
  );
  if (generation !== sessionGeneration()) return;
  const keys = new Set(left.map(({ key }) => key));
  updateCache((cache) => ({
    ...cache,
    edits: cache.edits.filter(({ key }) => !keys.has(key)),
    drafts: cache.drafts.filter(({ key }) => !keys.has(key)),
  }));
  for (const write of left) resume(write);
}

function resume(write: StoredWrite): void {
  if (write.kind === "edit") retryEdit(toEdit(write));
  // A refused draft stays in the list and says so there.
  else resumeDraft(write).catch(() => undefined);
}

/** Sends a change that nobody is waiting for; a refusal is shown until somebody decides. */
export function retryEdit(edit: PendingEdit): void {
  const task = serverTask(edit.taskId) ?? null;
  const sent = resumeEdit(edit);
  dropRefused(edit.key);
  sent.catch((error: unknown) => {
    if (!(error instanceof SignedOutError)) addRefused({ edit, task, error });
  });
}

function toEdit({ key, at, ...write }: StoredWrite & { kind: "edit" }): PendingEdit {
  const { taskId, changes, seen, isDelete, isRestore } = write;
  return { key, at, taskId, changes, seen, isDelete, isRestore };
}

function showForeign(writes: readonly StoredWrite[]): void {
  const { edits, drafts } = readCache();
  const known = [...edits, ...drafts].filter(({ isForeign }) => isForeign);
  const keys = new Set(writes.map(({ key }) => key));
  if (known.length === keys.size && known.every(({ key }) => keys.has(key))) return;
  const foreignEdits = writes.flatMap((write) =>
    write.kind === "edit" ? [{ ...toEdit(write), isForeign: true }] : [],
  );
  updateCache((cache) => ({
    ...cache,
    edits: [...cache.edits.filter(({ isForeign }) => !isForeign), ...foreignEdits],
    drafts: cache.drafts.filter(({ isForeign, key }) => !isForeign || keys.has(key)),
  }));
  const shown = new Set(readCache().drafts.map(({ key }) => key));
  for (const write of writes)
    if (write.kind === "draft" && !shown.has(write.key)) makeDraft({ ...write, isForeign: true });
}
