import { count } from "../count";
import type { Messages } from "../messages";

const tasks = (n: number) => count(n, "Aufgabe", "Aufgaben");

export const selection: Messages["selection"] = {
  label: "Ausgewählte Aufgaben",
  select: "Auswählen",
  deselect: "Nicht mehr auswählen",
  count: (n: number) => (n === 0 ? "Nichts ausgewählt" : count(n, "ausgewählt", "ausgewählt")),
  clear: "Auswahl aufheben",
  complete: "Erledigen",
  reopen: "Wieder öffnen",
  date: "Fälligkeit",
  dateItem: "Fälligkeit …",
  priority: "Priorität",
  labels: "Labels",
  labelItem: "Labels …",
  trash: "In den Papierkorb",
  completed: (n: number) => `${tasks(n)} erledigt`,
  reopened: (n: number) => `${tasks(n)} wieder geöffnet`,
  changed: (n: number) => `${tasks(n)} geändert`,
  trashed: (n: number) => `${tasks(n)} in den Papierkorb gelegt`,
  undone: (n: number) => `${tasks(n)} zurückgesetzt`,
  nothing: "Nichts zu ändern",
  gone: (n: number) => `Schon nicht mehr da: ${tasks(n)}`,
  left: (n: number) => `Abgebrochen: ${tasks(n)} nicht geändert`,
  failed: (n: number) => `Nicht gespeichert: ${tasks(n)}`,
  kept: (n: number) => `Inzwischen geändert und so gelassen: ${tasks(n)}`,
  working: (done: number, total: number) => `${done} von ${total}`,
  cancel: "Abbrechen",
};
