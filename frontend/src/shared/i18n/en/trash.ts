export const trash = {
  title: "Trash",
  lead: "What you deleted, latest first.",
  restore: "Restore",
  restoreOf: (title: string) => `Restore “${title}”`,
  deletedAt: (when: string) => `Deleted ${when}`,
  listLabel: "Deleted tasks",
};
