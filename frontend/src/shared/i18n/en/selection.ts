import { count } from "../count";

const tasks = (n: number) => count(n, "task", "tasks");

export const selection = {
  label: "Selected tasks",
  select: "Select",
  deselect: "Deselect",
  count: (n: number) => (n === 0 ? "Nothing selected" : count(n, "selected", "selected")),
  clear: "Clear selection",
  complete: "Complete",
  reopen: "Reopen",
  date: "Due date",
  dateItem: "Due date…",
  priority: "Priority",
  labels: "Labels",
  labelItem: "Labels…",
  trash: "Move to trash",
  completed: (n: number) => `Completed ${tasks(n)}`,
  reopened: (n: number) => `Reopened ${tasks(n)}`,
  changed: (n: number) => `Changed ${tasks(n)}`,
  trashed: (n: number) => `Moved ${tasks(n)} to the trash`,
  undone: (n: number) => `Changed ${tasks(n)} back`,
  nothing: "Nothing to change",
  gone: (n: number) => `${tasks(n)} were gone already`,
  left: (n: number) => `Cancelled: ${tasks(n)} not changed`,
  failed: (n: number) => `${tasks(n)} were not saved`,
  kept: (n: number) => `${tasks(n)} changed since and stay as they are`,
  working: (done: number, total: number) => `${done} of ${total}`,
  cancel: "Cancel",
};
