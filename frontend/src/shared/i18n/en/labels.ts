import { count } from "../count";

export const labels = {
  title: "Labels",
  close: "Close",
  rename: "Rename",
  nameOf: (name: string) => `New name of “${name}”`,
  renameOf: (name: string) => `Rename label “${name}”`,
  renamed: (name: string, next: string) => `“${name}” is called “${next}” now`,
  required: "A label needs a name.",
  merges: (name: string) => `There is “${name}” already: the two become one.`,
  remove: "Delete label",
  removeOf: (name: string) => `Delete label “${name}”`,
  removeTitle: (name: string) => `Delete the label “${name}”?`,
  removeLead: (n: number) =>
    `It is taken off ${count(n, "task", "tasks")}, and off those in the trash. The tasks stay.`,
  removed: (name: string) => `Label “${name}” deleted`,
};
