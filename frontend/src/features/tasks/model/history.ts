import { offerUndo } from "@/shared/actions/undo";
import type { HistoryEntry, Task, TaskChanges } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { uuid } from "@/shared/lib/uuid";
import { revertTask } from "../api";
import { mergeTasks, serverTask } from "./cache";
import { reportFailure } from "./commands";
import type { FieldName } from "./conflict";
import { enqueue } from "./queue";

const t = messages.history;

/** In this order a change is told. */
const FIELDS: readonly FieldName[] = [
  "title",
  "status",
  "priority",
  "due_date",
  "due_time",
  "labels",
  "description",
];

export interface FieldChange {
  readonly field: FieldName;
  readonly before: unknown;
  readonly after: unknown;
}

/** What an entry changed; of the first one, what the task began with. */
export function fieldChanges({ changes, verb }: HistoryEntry): FieldChange[] {
  return FIELDS.flatMap((field) => {
    const change = changes[field];
    if (!change) return [];
    const [before, after] = change;
    return verb === "created" && isNothing(after) ? [] : [{ field, before, after }];
  });
}

export function isNothing(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Sets one field back as it was; null where that can't be, or is so already. */
export function changesBack({ field, before }: FieldChange, task: Task): TaskChanges | null {
  if (JSON.stringify(task[field]) === JSON.stringify(before)) return null;
  if (field === "due_time" && before !== null && task.due_date === null) return null;
  // Without a day there is no time of day.
  if (field === "due_date" && before === null) return { due_date: null, due_time: null };
  return { [field]: before } as TaskChanges;
}

/** Behind what is on its way for this task. Going back is a change, with its own way back. */
export function restoreVersion(task: Task, version: number, key = uuid()): void {
  enqueue(task.id, async () => {
    const last = serverTask(task.id)?.version ?? task.version;
    const restored = await revertTask(task.id, version, key);
    mergeTasks([restored]);
    const undo = () => restoreVersion(restored, last);
    offerUndo(t.restored(version), undo);
  }).catch((error: unknown) =>
    reportFailure(error, t.restoreFailed, () => restoreVersion(task, version, key)),
  );
}
