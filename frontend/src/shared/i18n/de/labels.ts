import { count } from "../count";
import type { Messages } from "../messages";

export const labels: Messages["labels"] = {
  title: "Labels",
  close: "Schließen",
  rename: "Umbenennen",
  nameOf: (name: string) => `Neuer Name von „${name}“`,
  renameOf: (name: string) => `Label „${name}“ umbenennen`,
  renamed: (name: string, next: string) => `„${name}“ heißt jetzt „${next}“`,
  required: "Ein Label braucht einen Namen.",
  merges: (name: string) => `„${name}“ gibt es schon: Aus beiden wird eines.`,
  remove: "Label löschen",
  removeOf: (name: string) => `Label „${name}“ löschen`,
  removeTitle: (name: string) => `Das Label „${name}“ löschen?`,
  removeLead: (n: number) =>
    `Es wird von ${count(n, "Aufgabe", "Aufgaben")} entfernt, auch im Papierkorb. Die Aufgaben bleiben.`,
  removed: (name: string) => `Label „${name}“ gelöscht`,
};
