import type { Task, TaskChanges, TaskFields } from "@/shared/api/types";
import { createStore } from "@/shared/lib/store";

export type FieldName = keyof TaskFields;

export interface Conflict {
  readonly task: Task;
  readonly mine: TaskChanges;
  readonly fields: readonly FieldName[];
  /** Answers with the fields whose own value is to win. */
  readonly resolve: (mine: ReadonlySet<FieldName>) => void;
}

/** The conflict a person is being asked about; the next one waits for its turn. */
export const conflictStore = createStore<Conflict | null>(null);
let turn: Promise<unknown> = Promise.resolve();

export function askConflict(
  task: Task,
  mine: TaskChanges,
  fields: readonly FieldName[],
): Promise<ReadonlySet<FieldName>> {
  const answer = turn.then(() => ask(task, mine, fields));
  turn = answer;
  return answer;
}

function ask(task: Task, mine: TaskChanges, fields: readonly FieldName[]) {
  return new Promise<ReadonlySet<FieldName>>((resolve) => {
    const settle = (choice: ReadonlySet<FieldName>) => {
      conflictStore.set(null);
      resolve(choice);
    };
    conflictStore.set({ task, mine, fields, resolve: settle });
  });
}

export function fieldNames(changes: TaskChanges): FieldName[] {
  return Object.keys(changes) as FieldName[];
}

/** Fields whose value on the server is neither what was seen nor what is wanted. */
export function conflictingFields(server: Task, seen: TaskChanges, mine: TaskChanges): FieldName[] {
  return fieldNames(mine).filter(
    (field) => !isSame(server[field], seen[field]) && !isSame(server[field], mine[field]),
  );
}

export function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export function pick(task: Task | TaskChanges, fields: readonly FieldName[]): TaskChanges {
  return Object.fromEntries(fields.map((field) => [field, task[field]]));
}
