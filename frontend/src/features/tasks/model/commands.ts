import { ApiError, NetworkError, SignedOutError } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task, TaskChanges, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { uuid } from "@/shared/lib/uuid";
import { showError, showToast } from "@/shared/ui/toast";
import { addTask, retryDraft } from "./create";
import { editTask, trashTask, untrashTask } from "./edit";

const t = messages.tasks;

/** Why a write failed, in words; null where nothing needs saying. */
export function reasonOf(error: unknown): string | null {
  if (error instanceof SignedOutError) return null;
  if (error instanceof NetworkError) return messages.errors.network;
  if (error instanceof ApiError && error.problem.status < 500) return error.message;
  return messages.errors.server;
}

function reportFailure(error: unknown, what: string, retry: () => void): void {
  if (reasonOf(error) !== null) showError(what, { label: t.retry, run: retry });
}

export async function createFromInput(
  input: TaskChanges & { readonly title: string },
): Promise<Task> {
  const task = await addTask(input);
  showToast(t.added(task.title));
  return task;
}

export function retryCreate(id: number): void {
  retryDraft(id)
    .then((task) => task && showToast(t.added(task.title)))
    .catch(() => undefined);
}

/** A change by one press. It has a way back and, when it fails, a way on. */
export function changeTask(task: Task, changes: TaskChanges): void {
  editTask(task.id, changes).catch((error: unknown) =>
    reportFailure(error, t.saveFailed(task.title), () => changeTask(task, changes)),
  );
}

export function setStatus(task: Task, status: TaskStatus): void {
  if (task.status === status) return;
  changeTask(task, { status });
  if (status !== "completed") {
    announce(t.statusOf(t.status[status]));
    return;
  }
  const undo = () => changeTask(task, { status: task.status });
  showToast(t.completed(task.title), { label: t.undo, run: undo });
}

export function toggleDone(task: Task): void {
  setStatus(task, task.status === "completed" ? "pending" : "completed");
}

export function moveToTrash(task: Task): void {
  const undo = () => restoreFromTrash(task);
  showToast(t.trashed(task.title), { label: t.undo, run: undo });
  trashTask(task.id)
    .then(refreshTrash)
    .catch((error: unknown) =>
      reportFailure(error, t.deleteFailed(task.title), () => moveToTrash(task)),
    );
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

function refreshTrash(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: queryKeys.tasks.trash });
}
