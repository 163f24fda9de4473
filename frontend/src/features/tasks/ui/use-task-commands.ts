import { useCommand } from "@/shared/actions/registry";
import type { Task } from "@/shared/api/types";
import { changeAll, toggleAllDone, trashAll } from "../model/bulk-commands";
import { toggleStarted } from "../model/commands";
import { openPicker, type PickerKind } from "../model/picker";

/** The keys of tasks, for a page that knows which ones are meant. */
export function useTaskCommands(targets: () => readonly Task[]): void {
  const isEnabled = () => targets().length > 0;
  const pick = (kind: PickerKind) => () =>
    openPicker(
      kind,
      targets().map(({ id }) => id),
    );
  useCommand("task.complete", () => toggleAllDone(targets()), { isEnabled });
  useCommand("task.start", () => startAll(targets()), { isEnabled });
  useCommand("task.date", pick("date"), { isEnabled });
  useCommand("task.priority", pick("priority"), { isEnabled });
  useCommand("task.labels", pick("labels"), { isEnabled });
  useCommand("task.trash", () => trashAll(targets()), { isEnabled });
}

function startAll(tasks: readonly Task[]): void {
  const [only] = tasks;
  if (only && tasks.length === 1) {
    toggleStarted(only);
    return;
  }
  const isStarted = tasks.every(({ status }) => status === "in_progress");
  changeAll(tasks, () => ({ status: isStarted ? "pending" : "in_progress" }));
}
