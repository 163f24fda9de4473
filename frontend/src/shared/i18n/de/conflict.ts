import type { Messages } from "../messages";

export const conflict: Messages["conflict"] = {
  title: "An zwei Stellen geändert",
  lead: (title: string) => `„${title}“ wurde anderswo geändert. Wähle, was bleiben soll.`,
  mine: "Meins",
  theirs: "Anderes",
  keep: "Auswahl behalten",
  keptTheirs: (title: string) => `„${title}“ bleibt, wie es anderswo geändert wurde`,
  empty: "(leer)",
  fields: {
    title: "Titel",
    description: "Beschreibung",
    priority: "Priorität",
    status: "Status",
    due_date: "Fällig am",
    due_time: "Fällig um",
    labels: "Labels",
  },
};
