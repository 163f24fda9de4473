import { isStatus } from "@/shared/api/errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { uuid } from "@/shared/lib/uuid";
import { sessionGeneration } from "@/shared/session/session";
import { deleteTask, getTask, patchTask, restoreTask } from "../api";
import {
  dropTask,
  mergeTasks,
  now,
  type PendingEdit,
  readCache,
  serverTask,
  updateCache,
} from "./cache";
import { askConflict, conflictingFields, fieldNames, isSame, pick } from "./conflict";
import { type Delivery, deliver, enqueue } from "./queue";

/** Somebody else may write between our reading and our writing, but not for ever. */
const MAX_ATTEMPTS = 6;

/**
 * Changes fields of a task: on the screen at once, on the server in turn. Rejects
 * after taking the change off the screen again. `seen` is what the person saw when
 * they began, where that is older than now (a text field in the middle of typing).
 */
export function editTask(id: number, changes: TaskChanges, seen?: TaskChanges): Promise<Task> {
  const base = serverTask(id);
  const known = seen ?? (base ? pick(base, fieldNames(changes)) : {});
  return sendEdit(makeEdit({ taskId: id, changes, seen: known }));
}

/** To the trash. What changed meanwhile is no reason to keep it: it can be restored. */
export function trashTask(id: number): Promise<void> {
  return sendDelete(makeEdit({ taskId: id, isDelete: true }));
}

/** Back from the trash, behind a deletion that may still be on its way. */
export function untrashTask(id: number, key = uuid()): Promise<Task> {
  return sendRestore(makeEdit({ key, taskId: id, isRestore: true }));
}

/** Goes on with what a reload or another tab left unsent. */
export function resumeEdit(edit: PendingEdit): Promise<unknown> {
  if (edit.isDelete) return sendDelete(edit, true);
  return edit.isRestore ? sendRestore(edit, true) : sendEdit(edit, true);
}

function makeEdit(parts: Partial<PendingEdit> & { readonly taskId: number }): PendingEdit {
  return { key: uuid(), at: now(), changes: {}, seen: {}, isDelete: false, ...parts };
}

type Job<T> = (delivery: Delivery) => Promise<T>;

function track<T>(edit: PendingEdit, isPatient: boolean, job: Job<T>): Promise<T> {
  const delivery = { at: edit.at, generation: sessionGeneration(), isPatient };
  updateCache((cache) => ({ ...cache, edits: [...cache.edits, edit] }));
  return enqueue(edit.taskId, () => job(delivery)).finally(() => forgetEdit(edit));
}

function forgetEdit({ key }: PendingEdit): void {
  updateCache((cache) => {
    const edits = cache.edits.filter((other) => other.key !== key);
    return edits.length === cache.edits.length ? cache : { ...cache, edits };
  });
}

function sendEdit(edit: PendingEdit, isPatient = false): Promise<Task> {
  return track(edit, isPatient, async (delivery) => {
    // What was confirmed of earlier edits while this one waited counts as seen.
    const waiting = readCache().edits.find(({ key }) => key === edit.key) ?? edit;
    let { changes, seen } = waiting;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const base = await currentTask(edit.taskId, delivery);
      const disputed = conflictingFields(base, seen, changes);
      if (disputed.length > 0) {
        changes = await settle(base, changes, disputed);
        seen = pick(base, fieldNames(changes));
      }
      if (isDone(base, changes)) return base;
      const saved = await tryPatch(base, changes, delivery);
      if (saved) return confirm(edit, saved);
    }
    throw new Error("The task kept changing while it was being saved.");
  });
}

/** Also where the answer to our own write was lost: then the server has what we wanted. */
function isDone(base: Task, changes: TaskChanges): boolean {
  return fieldNames(changes).every((field) => isSame(base[field], changes[field]));
}

/** Asks whose values win and returns the changes that are left. */
async function settle(
  base: Task,
  changes: TaskChanges,
  disputed: ReturnType<typeof conflictingFields>,
): Promise<TaskChanges> {
  const mine = await askConflict(base, changes, disputed);
  const kept = fieldNames(changes).filter((name) => !disputed.includes(name) || mine.has(name));
  return pick(changes, kept);
}

/** The saved task, or null when someone was faster and their state has been taken in. */
async function tryPatch(
  base: Task,
  changes: TaskChanges,
  delivery: Delivery,
): Promise<Task | null> {
  try {
    return await deliver(() => patchTask(base.id, changes, base.version), delivery);
  } catch (error) {
    await takeCurrent(base.id, error);
    return null;
  }
}

function confirm(edit: PendingEdit, saved: Task): Task {
  noteWritten([edit.taskId], pick(saved, fieldNames(edit.changes)));
  mergeTasks([saved]);
  return saved;
}

/** After our own write, edits that wait behind it have seen its values. */
export function noteWritten(ids: readonly number[], written: TaskChanges): void {
  const among = new Set(ids);
  updateCache((cache) => ({
    ...cache,
    edits: cache.edits.map((edit) => (among.has(edit.taskId) ? seeing(edit, written) : edit)),
  }));
}

function seeing(edit: PendingEdit, written: TaskChanges): PendingEdit {
  const { changes, seen } = edit;
  const news = fieldNames(changes).filter(
    (field) => field in written && !isSame(changes[field], written[field]),
  );
  return news.length === 0 ? edit : { ...edit, seen: { ...seen, ...pick(written, news) } };
}

function sendDelete(edit: PendingEdit, isPatient = false): Promise<void> {
  return track(edit, isPatient, async (delivery) => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (await tryDelete(edit.taskId, delivery)) return;
    }
    throw new Error("The task kept changing while it was being deleted.");
  });
}

async function tryDelete(id: number, delivery: Delivery): Promise<boolean> {
  try {
    const base = await currentTask(id, delivery);
    await deliver(() => deleteTask(id, base.version), delivery);
    dropTask(id, base.version + 1);
  } catch (error) {
    // It is gone, which is what was wanted.
    if (isStatus(error, 404)) dropTask(id);
    else {
      await takeCurrent(id, error);
      return false;
    }
  }
  return true;
}

function sendRestore(edit: PendingEdit, isPatient = false): Promise<Task> {
  return track(edit, isPatient, async (delivery) => {
    const task = await deliver(() => restoreTask(edit.taskId, edit.key), delivery);
    mergeTasks([task], true);
    return task;
  });
}

/** On 412 the problem carries the resource as it is; anything else is thrown on. */
async function takeCurrent(id: number, error: unknown): Promise<void> {
  if (isStatus(error, 404)) dropTask(id);
  if (!isStatus(error, 412)) throw error;
  const current = error.problem.current as Task | undefined;
  mergeTasks([current ?? (await getTask(id))]);
}

async function currentTask(id: number, delivery: Delivery): Promise<Task> {
  const known = serverTask(id);
  if (known) return known;
  const task = await deliver(() => getTask(id), delivery);
  mergeTasks([task], true);
  return task;
}
