import { offerUndo } from "@/shared/actions/undo";
import type { Task, TaskChanges } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { showToast } from "@/shared/ui/toast";
import {
  type BulkItem,
  type BulkOutcome,
  inverseOf,
  isChangedSince,
  itemsOf,
  runBulk,
} from "./bulk";
import { readCache, viewTask } from "./cache";
import { changeTask, moveToTrash, refreshTrash, reportFailure, setStatus } from "./commands";

const t = messages.selection;

type Tell = (count: number) => string;

/** One task as by a press on it, many as one bulk with one undo. */
export function changeAll(
  tasks: readonly Task[],
  changesOf: (task: Task) => TaskChanges,
  text: Tell = t.changed,
): void {
  const [only] = tasks;
  if (only && tasks.length === 1) {
    changeTask(only, changesOf(only));
    return;
  }
  send(itemsOf(tasks, changesOf), text);
}

/** What is done already is taken as meant the other way, as with a single press. */
export function toggleAllDone(tasks: readonly Task[]): void {
  const isUndone = tasks.some(({ status }) => status !== "completed");
  const status = isUndone ? "completed" : "pending";
  const [only] = tasks;
  if (only && tasks.length === 1) {
    setStatus(only, status);
    return;
  }
  changeAll(tasks, () => ({ status }), isUndone ? t.completed : t.reopened);
}

export function trashAll(tasks: readonly Task[]): void {
  const [only] = tasks;
  if (only && tasks.length === 1) {
    moveToTrash(only);
    return;
  }
  send(
    tasks.map(({ id }) => ({ id, before: {}, order: { action: "delete" } })),
    t.trashed,
  );
}

/** As the screen shows them now; those that are gone are left out. */
export function tasksOf(ids: readonly number[]): Task[] {
  const cache = readCache();
  return ids.flatMap((id) => viewTask(cache, id) ?? []);
}

function send(items: readonly BulkItem[], text: Tell): void {
  if (items.length === 0) {
    showToast(t.nothing);
    return;
  }
  let written = items;
  const withdraw = offerUndo(text(items.length), () => takeBack(inverseOf(written)));
  void runBulk(items).then((outcome) => {
    written = outcome.done;
    if (written.length === 0) withdraw();
    tellRest(outcome, (failed) => send(failed, text));
  });
}

/** Behind the writes that may still be on their way. */
function takeBack(items: readonly BulkItem[]): void {
  void runBulk(items, isChangedSince).then((outcome) => {
    if (outcome.done.length > 0) showToast(t.undone(outcome.done.length));
    tellRest(outcome, takeBack);
  });
}

function tellRest(outcome: BulkOutcome, retry: (failed: readonly BulkItem[]) => void): void {
  const { gone, left, kept, failed, error } = outcome;
  void refreshTrash();
  if (gone.length > 0) showToast(t.gone(gone.length));
  if (left.length > 0) showToast(t.left(left.length));
  if (kept.length > 0) showToast(t.kept(kept.length));
  if (failed.length > 0) reportFailure(error, t.failed(failed.length), () => retry(failed));
}
