import { count } from "../count";
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
  needsTitle: "Was ist zu tun? Bisher stehen da nur ein Datum oder Marken.",
  understood: "Verstanden",
  timeIs: (time: string) => `Um ${time}`,
  labels: "Labels",
  labelIs: (name: string) => `Label ${name}`,
  takeBack: (words: string) => `„${words}“ als Text behalten`,
  takenBack: (words: string) => `„${words}“ ist wieder Text`,
  pasteTitle: (n: number) => `${count(n, "Aufgabe", "Aufgaben")} hinzufügen?`,
  pasteLead: "Aus jeder Zeile wird eine eigene Aufgabe.",
  pasteTooMany: (most: number, n: number) =>
    `Nur die ersten ${most} von ${count(n, "Zeile", "Zeilen")} werden hinzugefügt.`,
  pasteMany: (n: number) => `${count(n, "Aufgabe", "Aufgaben")} hinzufügen`,
  pasteOne: "Als eine Aufgabe",
  pasteCancel: "Abbrechen",
  pasteLater: "Im Hintergrund weiter",
  pasteProgress: (done: number, all: number) => `${done} von ${all} hinzugefügt`,
  pasteRefused: "Diese wurden abgelehnt:",
};
