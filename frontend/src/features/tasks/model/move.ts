import type { Task, TaskChanges, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDay } from "@/shared/lib/format-date";
import type { PlainDate } from "@/shared/lib/plain-date";
import { changeTask } from "./commands";

const t = messages.views;

/** What dragging to another column does, and the menu and the keys that stand for it. */
export function moveToStatus(task: Task, status: TaskStatus): void {
  if (status !== task.status) move(task, { status }, messages.tasks.status[status]);
}

/** What dragging to another day does. A time of day stays. */
export function moveToDay(task: Task, date: PlainDate, today: PlainDate): void {
  if (date !== task.due_date) move(task, { due_date: date }, formatDay(date, today));
}

/** `place` is in words. */
function move(task: Task, changes: TaskChanges, place: string): void {
  changeTask(task, changes, t.moved(task.title, place));
}
