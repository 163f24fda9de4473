import { ApiError, isStatus } from "@/shared/api/errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { createStore } from "@/shared/lib/store";
import { uuid } from "@/shared/lib/uuid";
import { sessionGeneration } from "@/shared/session/session";
import { type BulkOrder, bulkTasks } from "../api";
import { now, type PendingEdit, serverTask, updateCache } from "./cache";
import { conflictingFields, fieldNames, isSame, pick } from "./conflict";
import { noteWritten } from "./edit";
import { deliver, enqueue } from "./queue";
import { catchUp } from "./sync";

/** What the API takes at once. */
const CHUNK = 200;

/** One task of a bulk: what to write, and what it takes back. */
export interface BulkItem {
  readonly id: number;
  readonly before: TaskChanges;
  readonly order: BulkOrder;
}

export interface BulkProgress {
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

export interface BulkOutcome {
  readonly done: readonly BulkItem[];
  /** Not sent any more, as somebody cancelled. */
  readonly left: readonly BulkItem[];
  /** In the trash or deleted meanwhile. */
  readonly gone: readonly BulkItem[];
  /** Changed by somebody meanwhile: their work is not ours to undo. */
  readonly kept: readonly BulkItem[];
  readonly failed: readonly BulkItem[];
  readonly error: unknown;
}

/** The bulk on its way, for whoever shows its progress. */
export const bulkStore = createStore<BulkProgress | null>(null);

/** Only tasks that differ from what they are to be. */
export function itemsOf(
  tasks: readonly Task[],
  changesOf: (task: Task) => TaskChanges,
): BulkItem[] {
  return tasks.flatMap((task) => {
    const set = changesOf(task);
    const fields = fieldNames(set).filter((field) => !isSame(task[field], set[field]));
    if (fields.length === 0) return [];
    return [{ id: task.id, before: pick(task, fields), order: { set: pick(set, fields) } }];
  });
}

/**
 * On the screen at once, on the server in chunks of equal orders, in turn with other
 * writes to the same tasks. Never rejects: each item ends up somewhere in the outcome.
 * `isKept` says, when its turn has come, what is to stay as it is.
 */
export async function runBulk(items: readonly BulkItem[], isKept = never): Promise<BulkOutcome> {
  const edits = items.map(pendingEdit);
  updateCache((cache) => ({ ...cache, edits: [...cache.edits, ...edits] }));
  let isCancelled = false;
  const report = (done: number) =>
    bulkStore.set({
      done,
      total: items.length,
      cancel: () => {
        isCancelled = true;
      },
    });
  report(0);
  try {
    return await sendAll(items, { isKept, isCancelled: () => isCancelled, report });
  } finally {
    bulkStore.set(null);
    const own = new Set(edits.map(({ key }) => key));
    updateCache((cache) => ({ ...cache, edits: cache.edits.filter((edit) => !own.has(edit.key)) }));
  }
}

function never(_: BulkItem): boolean {
  return false;
}

function pendingEdit({ id, before, order }: BulkItem): PendingEdit {
  const { action, set: changes = {} } = order;
  const [isDelete, isRestore] = [action === "delete", action === "restore"];
  return { key: uuid(), at: now(), taskId: id, changes, seen: before, isDelete, isRestore };
}

interface Run {
  readonly isKept: (item: BulkItem) => boolean;
  readonly isCancelled: () => boolean;
  readonly report: (done: number) => void;
}

async function sendAll(items: readonly BulkItem[], run: Run): Promise<BulkOutcome> {
  const outcome: Mutable<BulkOutcome> = {
    done: [],
    left: [],
    gone: [],
    kept: [],
    failed: [],
    error: null,
  };
  let before: Promise<unknown> = Promise.resolve();
  // All take their places in the queues now, so that no two bulks wait for each other.
  const chunks = chunksOf(items).map((chunk) => {
    const turn = before;
    before = inQueues(chunk, async () => {
      await turn;
      if (run.isCancelled()) outcome.left.push(...chunk);
      else if (outcome.error) outcome.failed.push(...chunk);
      else await sendChunk(keep(chunk, run.isKept, outcome), outcome);
      run.report(outcome.done.length);
    });
    return before;
  });
  await Promise.all(chunks);
  return outcome;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

/** Runs a job when everything before it is done for each task, and lets what follows wait for it. */
function inQueues(items: readonly BulkItem[], job: () => Promise<void>): Promise<void> {
  let arrived = 0;
  let start: () => void = () => undefined;
  const run = new Promise<void>((resolve) => {
    start = resolve;
  }).then(job);
  for (const { id } of items) {
    void enqueue(id, () => {
      arrived += 1;
      if (arrived === items.length) start();
      return run;
    });
  }
  return run;
}

/** The items that are left when what is to stay is put aside. */
function keep(
  items: readonly BulkItem[],
  isKept: Run["isKept"],
  outcome: Mutable<BulkOutcome>,
): BulkItem[] {
  outcome.kept.push(...items.filter(isKept));
  return items.filter((item) => !outcome.kept.includes(item));
}

/** Refused as a whole when some are gone: without those it is sent again. */
async function sendChunk(items: readonly BulkItem[], outcome: Mutable<BulkOutcome>): Promise<void> {
  const [first] = items;
  if (!first) return;
  const ids = items.map(({ id }) => id);
  const key = uuid();
  try {
    const delivery = { at: now(), generation: sessionGeneration(), isPatient: false };
    const results = await deliver(() => bulkTasks(ids, first.order, key), delivery);
    noteWritten(ids, first.order.set ?? {});
    const changed = new Set(results.filter((result) => result.changed).map(({ id }) => id));
    await catchUp();
    outcome.done.push(...items.filter(({ id }) => changed.has(id)));
  } catch (error) {
    const gone = placesOf(error);
    outcome.gone.push(...items.filter((_, place) => gone.has(place)));
    if (gone.size > 0)
      return sendChunk(
        items.filter((_, place) => !gone.has(place)),
        outcome,
      );
    outcome.failed.push(...items);
    outcome.error = error;
  }
}

/** "/ids/3" of the problem's errors, as 3. */
function placesOf(error: unknown): ReadonlySet<number> {
  if (!(error instanceof ApiError) || !isStatus(error, 404)) return new Set();
  const places = (error.problem.errors ?? []).map(({ pointer }) => /^\/ids\/(\d+)$/.exec(pointer));
  return new Set(places.flatMap((match) => (match ? [Number(match[1])] : [])));
}

/** Equal orders together, as one call carries one order. */
export function chunksOf(items: readonly BulkItem[]): BulkItem[][] {
  const byOrder = new Map<string, BulkItem[]>();
  for (const item of items) {
    const key = JSON.stringify(item.order);
    const group = byOrder.get(key);
    if (group) group.push(item);
    else byOrder.set(key, [item]);
  }
  return [...byOrder.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / CHUNK) }, (_, n) =>
      group.slice(n * CHUNK, (n + 1) * CHUNK),
    ),
  );
}

/** What undoes these. */
export function inverseOf(items: readonly BulkItem[]): BulkItem[] {
  return items.map(({ id, before, order }) => {
    if (order.action) return { id, before: {}, order: { action: "restore" } };
    return { id, before: order.set ?? {}, order: { set: before } };
  });
}

/** Whether somebody else wrote these fields since, so that undoing would take back their work. */
export function isChangedSince({ id, before, order }: BulkItem): boolean {
  const task = serverTask(id);
  return task !== undefined && conflictingFields(task, before, order.set ?? {}).length > 0;
}
