import type { Task, TaskStatus } from "@/shared/api/types";
import { STATUSES } from "./filter";
import type { TaskGroup } from "./groups";
import { tasksNamed } from "./named-group";
import { DEFAULT_ORDERING, sortByCompletion, sortTasks } from "./sorting";

export interface BoardColumn {
  readonly status: TaskStatus;
  readonly tasks: readonly Task[];
}

/** The order within a column follows from the tasks: only the column is a person's choice. */
export function columnsOf(tasks: readonly Task[]): BoardColumn[] {
  return STATUSES.map((status) => ({
    status,
    tasks: inOrder(
      status,
      tasks.filter((task) => task.status === status),
    ),
  }));
}

/** Columns as groups, so that they can be held as those of a list are. */
export function asGroups(columns: readonly BoardColumn[]): TaskGroup[] {
  return columns.map(({ status, tasks }) => ({ name: status, label: status, tasks }));
}

export function asColumns(groups: readonly TaskGroup[]): BoardColumn[] {
  return STATUSES.map((status) => ({ status, tasks: tasksNamed(status, groups) }));
}

/** Which place a task would take in a column. */
export function placeIn({ status, tasks }: BoardColumn, task: Task): number {
  // What is completed now comes first among the completed.
  if (status === "completed") return 0;
  const others = tasks.filter(({ id }) => id !== task.id);
  const moved = { ...task, status };
  return inOrder(status, [...others, moved]).indexOf(moved);
}

export function isStatus(text: string): text is TaskStatus {
  return (STATUSES as readonly string[]).includes(text);
}

/** The status of the column before or after. */
export function nextStatus(status: TaskStatus, step: 1 | -1): TaskStatus | undefined {
  return STATUSES[STATUSES.indexOf(status) + step];
}

/** The card below, or above where there is none. */
export function neighbourOf(task: Task, columns: readonly BoardColumn[]): Task | undefined {
  const isIt = ({ id }: Task) => id === task.id;
  // A card that was changed elsewhere may still stand in its old column.
  const tasks = columns.find((column) => column.tasks.some(isIt))?.tasks ?? [];
  const at = tasks.findIndex(isIt);
  return tasks[at + 1] ?? tasks[at - 1];
}

function inOrder(status: TaskStatus, tasks: readonly Task[]): readonly Task[] {
  return status === "completed" ? sortByCompletion(tasks) : sortTasks(tasks, DEFAULT_ORDERING);
}
