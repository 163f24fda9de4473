import { count } from "../count";

export const trash = {
  title: "Trash",
  lead: "What you deleted, latest first.",
  restore: "Restore",
  restoreOf: (title: string) => `Restore “${title}”`,
  deletedAt: (when: string) => `Deleted ${when}`,
  purging: "After 30 days a task is deleted for good.",
  goneIn: (days: number) => (days === 0 ? "gone today" : `gone in ${count(days, "day", "days")}`),
  empty: "Empty the trash",
  emptyTitle: "Empty the trash?",
  emptyLead: (n: number, hasMore: boolean) =>
    `${hasMore ? "More than " : ""}${count(n, "task is", "tasks are")} deleted for good, with their history. There is no way back.`,
  emptied: "The trash is empty",
  purge: "Delete for good",
  purgeOf: (title: string) => `Delete “${title}” for good`,
  purgeTitle: "Delete this task for good?",
  purgeLead: (title: string) => `“${title}” goes with its history. There is no way back.`,
  purged: (title: string) => `Deleted “${title}” for good`,
  listLabel: "Deleted tasks",
};
