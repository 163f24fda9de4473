export const conflict = {
  title: "Changed in two places",
  lead: (title: string) => `“${title}” was changed elsewhere. Choose what to keep.`,
  mine: "Mine",
  theirs: "Theirs",
  keep: "Keep my choice",
  keptTheirs: (title: string) => `“${title}” stays as it was changed elsewhere`,
  empty: "(empty)",
  fields: {
    title: "Title",
    description: "Description",
    priority: "Priority",
    status: "Status",
    due_date: "Due date",
    due_time: "Due time",
    labels: "Labels",
  },
};
