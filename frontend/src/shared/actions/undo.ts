import { messages } from "@/shared/i18n/messages";
import { createStore } from "@/shared/lib/store";
import { onForget } from "@/shared/session/session";
import { closeToast, showToast } from "@/shared/ui/toast";

interface Undoable {
  readonly toast: number;
  readonly run: () => void;
}

/** More than anybody remembers having done. */
const KEPT = 50;

/** What can be taken back, the latest last. Its toast goes after a while, the key reaches it longer. */
const stack = createStore<readonly Undoable[]>([]);

onForget(() => stack.set([]));

/**
 * Tells what was done and offers to undo it, by the toast or by the key. Returns how
 * to withdraw the offer, for when it turns out that nothing was done.
 */
export function offerUndo(text: string, run: () => void): () => void {
  const label = messages.tasks.undo;
  const toast = showToast(text, { label, command: "edit.undo", run: () => take(undoable) });
  const undoable: Undoable = { toast, run };
  stack.set([...stack.get().slice(1 - KEPT), undoable]);
  return () => {
    if (forget(undoable)) closeToast(toast);
  };
}

export function canUndo(): boolean {
  return stack.get().length > 0;
}

export function undoLast(): void {
  const last = stack.get().at(-1);
  if (last) take(last);
}

/** Once, however it is asked for. */
function take(undoable: Undoable): void {
  if (!forget(undoable)) return;
  closeToast(undoable.toast);
  undoable.run();
}

function forget(undoable: Undoable): boolean {
  const rest = stack.get().filter((other) => other !== undoable);
  const isThere = rest.length < stack.get().length;
  if (isThere) stack.set(rest);
  return isThere;
}
