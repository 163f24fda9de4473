import { offerUndo } from "@/shared/actions/undo";
import { isRefusal, isStatus, NetworkError, SignedOutError } from "@/shared/api/errors";
import { fieldErrors } from "@/shared/api/field-errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task, TaskChanges, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { uuid } from "@/shared/lib/uuid";
import { showError, showToast } from "@/shared/ui/toast";
import { fieldNames, pick } from "./conflict";
import { addTask, retryDraft } from "./create";
import { editTask, trashTask, untrashTask } from "./edit";
import { forgetNews } from "./news";

const t = messages.tasks;

/** Why a write failed, in words; null where nothing needs saying. */
export function reasonOf(error: unknown): string | null {
  if (error instanceof SignedOutError) return null;
  if (error instanceof NetworkError) return messages.errors.network;
  if (isStatus(error, 404)) return messages.offline.gone;
  if (!isRefusal(error)) return messages.errors.server;
  return Object.values(fieldErrors(error))[0] ?? error.message;
}

/** Says why where the server has its reasons; where it may be of another mind next time, offers that. */
export function reportFailure(error: unknown, what: string, retry: () => void): void {
  const reason = reasonOf(error);
  if (reason === null) return;
  if (isRefusal(error)) showError(`${what}: ${reason}`);
  else showError(what, { label: t.retry, run: retry });
}

export async function createFromInput(
  input: TaskChanges & { readonly title: string },
): Promise<Task> {
  const task = await addTask(input);
  forgetNews([task.id]);
  showToast(t.added(task.title));
  return task;
}

export function retryCreate(id: number): void {
  retryDraft(id)
    .then((task) => task && showToast(t.added(task.title)))
    .catch(() => undefined);
}

/** A change by one press. It has a way back and, when it fails, a way on. */
export function changeTask(task: Task, changes: TaskChanges, text = t.changed(task.title)): void {
  const withdraw = offerEditUndo(task, pick(task, fieldNames(changes)), changes, text);
  editTask(task.id, changes).catch((error: unknown) => {
    withdraw();
    reportFailure(error, t.saveFailed(task.title), () => changeTask(task, changes, text));
  });
}

/**
 * Undoing an edit writes the old values of its fields and no others, and asks where one
 * of them was changed since. The API's revert would not ask: it would take back what
 * somebody else made of these fields in the meantime.
 */
export function offerEditUndo(
  task: Task,
  before: TaskChanges,
  after: TaskChanges,
  text = t.changed(task.title),
): () => void {
  return offerUndo(text, () => {
    editTask(task.id, before, after)
      .then(() => announce(t.undone))
      .catch((error: unknown) =>
        reportFailure(error, t.saveFailed(task.title), () => changeTask(task, before)),
      );
  });
}

export function setStatus(task: Task, status: TaskStatus): void {
  if (task.status === status) return;
  const isReopened = task.status === "completed" && status === "pending";
  const name = t.status[status];
  const texts = {
    completed: t.completed(task.title),
    pending: isReopened ? t.reopened(task.title) : t.nowIs(task.title, name),
    in_progress: t.nowIs(task.title, name),
  };
  changeTask(task, { status }, texts[status]);
}

export function toggleDone(task: Task): void {
  setStatus(task, task.status === "completed" ? "pending" : "completed");
}

export function toggleStarted(task: Task): void {
  setStatus(task, task.status === "in_progress" ? "pending" : "in_progress");
}

export function moveToTrash(task: Task): void {
  const withdraw = offerUndo(t.trashed(task.title), () => restoreFromTrash(task));
  trashTask(task.id)
    .then(refreshTrash)
    .catch((error: unknown) => {
      withdraw();
      reportFailure(error, t.deleteFailed(task.title), () => moveToTrash(task));
    });
}

/** Behind the deletion in the task's queue, so that an undo can't overtake it. */
export function restoreFromTrash(task: Pick<Task, "id" | "title">, key = uuid()): void {
  untrashTask(task.id, key)
    .then(() => {
      showToast(t.restored(task.title));
      return refreshTrash();
    })
    .catch((error: unknown) => {
      void refreshTrash();
      reportFailure(error, t.restoreFailed(task.title), () => restoreFromTrash(task, key));
    });
}

export function refreshTrash(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: queryKeys.tasks.trash });
}
