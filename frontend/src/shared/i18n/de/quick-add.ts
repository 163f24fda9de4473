import type { Messages } from "../messages";

export const quickAdd: Messages["quickAdd"] = {
  label: "Aufgabe hinzufügen",
  placeholder: "Aufgabe hinzufügen",
  hint: "Enter fügt hinzu",
  due: "Fälligkeit",
  dueIs: (day: string) => `Fällig ${day}`,
  priorityIs: (name: string) => `Priorität ${name}`,
  add: "Neue Aufgabe",
  tooLong: "Ein Titel hat höchstens 200 Zeichen.",
  key: "Q",
};
