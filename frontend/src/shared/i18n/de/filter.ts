import type { Messages } from "../messages";

export const filter: Messages["filter"] = {
  button: "Filter",
  status: "Status",
  priority: "Priorität",
  remove: (name: string) => `Filter ${name} entfernen`,
  clear: "Filter aufheben",
  active: "Aktive Filter",
};
