import { isStatus } from "@/shared/api/errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { whenOnline } from "@/shared/lib/online";
import { deleteTask, getTask, patchTask } from "../api";
import { dropTask, mergeTasks, type PendingEdit, serverTask, updateCache } from "./cache";
import { askConflict, conflictingFields, fieldNames, pick } from "./conflict";
import { enqueue } from "./queue";

/** Somebody else may write between our reading and our writing, but not for ever. */
const MAX_ATTEMPTS = 6;

/**
 * Changes fields of a task: on the screen at once, on the server in turn. Rejects
 * after taking the change off the screen again. `seen` is what the person saw when
 * they began, where that is older than now (a text field in the middle of typing).
 */
export function editTask(id: number, changes: TaskChanges, seen?: TaskChanges): Promise<Task> {
  const base = serverTask(id);
  const edit: PendingEdit = {
    taskId: id,
    changes,
    seen: seen ?? (base ? pick(base, fieldNames(changes)) : {}),
    isDelete: false,
  };
  return track(edit, () => sendEdit(edit));
}

/** To the trash. What changed meanwhile is no reason to keep it: it can be restored. */
export function trashTask(id: number): Promise<void> {
  const edit: PendingEdit = { taskId: id, changes: {}, seen: {}, isDelete: true };
  return track(edit, () => sendDelete(id));
}

function track<T>(edit: PendingEdit, send: () => Promise<T>): Promise<T> {
  updateCache((cache) => ({ ...cache, edits: [...cache.edits, edit] }));
  return enqueue(edit.taskId, async () => {
    await whenOnline();
    return send();
  }).finally(() => forgetEdit(edit));
}

function forgetEdit(edit: PendingEdit): void {
  updateCache((cache) => ({ ...cache, edits: cache.edits.filter((other) => other !== edit) }));
}

async function sendEdit(edit: PendingEdit): Promise<Task> {
  let changes = edit.changes;
  let seen = edit.seen;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const base = await currentTask(edit.taskId);
    const disputed = conflictingFields(base, seen, changes);
    if (disputed.length > 0) {
      changes = await settle(base, changes, disputed);
      seen = pick(base, fieldNames(changes));
    }
    if (fieldNames(changes).length === 0) return base;
    const saved = await tryPatch(base, changes);
    if (saved) return confirm(edit, saved);
  }
  throw new Error("The task kept changing while it was being saved.");
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
async function tryPatch(base: Task, changes: TaskChanges): Promise<Task | null> {
  try {
    return await patchTask(base.id, changes, base.version);
  } catch (error) {
    await takeCurrent(base.id, error);
    return null;
  }
}

/** After our own write, edits that wait behind it have seen its values. */
function confirm(edit: PendingEdit, saved: Task): Task {
  const written = pick(saved, fieldNames(edit.changes));
  updateCache((cache) => ({
    ...cache,
    edits: cache.edits.map((other) => (isBehind(other, edit) ? seeing(other, written) : other)),
  }));
  mergeTasks([saved]);
  return saved;
}

function isBehind(other: PendingEdit, edit: PendingEdit): boolean {
  return other !== edit && other.taskId === edit.taskId && !other.isDelete;
}

function seeing(edit: PendingEdit, written: TaskChanges): PendingEdit {
  const own = fieldNames(edit.changes);
  // Assigned in place: the waiting job holds this very object.
  return Object.assign(edit, {
    seen: {
      ...edit.seen,
      ...pick(
        written,
        own.filter((f) => f in written),
      ),
    },
  });
}

async function sendDelete(id: number): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const base = await currentTask(id);
    if (await tryDelete(base)) return;
  }
  throw new Error("The task kept changing while it was being deleted.");
}

async function tryDelete(base: Task): Promise<boolean> {
  try {
    await deleteTask(base.id, base.version);
  } catch (error) {
    if (!isStatus(error, 404)) {
      await takeCurrent(base.id, error);
      return false;
    }
  }
  dropTask(base.id, base.version + 1);
  return true;
}

/** On 412 the problem carries the resource as it is; anything else is thrown on. */
async function takeCurrent(id: number, error: unknown): Promise<void> {
  if (isStatus(error, 404)) dropTask(id);
  if (!isStatus(error, 412)) throw error;
  const current = error.problem.current as Task | undefined;
  mergeTasks([current ?? (await getTask(id))]);
}

async function currentTask(id: number): Promise<Task> {
  const known = serverTask(id);
  if (known) return known;
  const task = await getTask(id);
  mergeTasks([task], true);
  return task;
}
