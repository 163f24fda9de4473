import { offerUndo } from "@/shared/actions/undo";
import { fieldErrors } from "@/shared/api/field-errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { addTask } from "./create";
import { trashTask } from "./edit";

const t = messages.tasks;

/**
 * Adds tasks together, with one way back for all. Tells how many are through, and
 * answers with the places of those that were refused; what could not be sent yet
 * waits in the list.
 */
export async function createMany(
  inputs: readonly (TaskChanges & { readonly title: string })[],
  onProgress: (done: number) => void,
): Promise<readonly number[]> {
  let done = 0;
  const made: Task[] = [];
  const refused: number[] = [];
  const send = async (index: number) => {
    const input = inputs[index];
    if (!input) return;
    try {
      made.push(await addTask(input));
    } catch (error) {
      if (Object.keys(fieldErrors(error)).length > 0) refused.push(index);
    }
    done += 1;
    onProgress(done);
  };
  // The last line first: lists put the newest on top, so the lines keep their order.
  await Promise.all(inputs.map((_, index) => send(inputs.length - 1 - index)));
  if (made.length > 0) offerUndo(t.addedMany(made.length), undo);
  return refused.sort((a, b) => a - b);

  function undo(): void {
    for (const task of made) trashTask(task.id).catch(() => undefined);
  }
}
