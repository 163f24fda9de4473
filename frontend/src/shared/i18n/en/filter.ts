export const filter = {
  button: "Filter",
  status: "Status",
  priority: "Priority",
  remove: (name: string) => `Remove filter ${name}`,
  clear: "Clear filters",
  active: "Active filters",
};
