import { count } from "../count";
import type { Messages } from "../messages";

export const trash: Messages["trash"] = {
  title: "Papierkorb",
  lead: "Was du gelöscht hast, das Neueste zuerst.",
  restore: "Zurückholen",
  restoreOf: (title: string) => `„${title}“ zurückholen`,
  deletedAt: (when: string) => `Gelöscht ${when}`,
  purging: "Nach 30 Tagen wird eine Aufgabe endgültig gelöscht.",
  goneIn: (days: number) => (days === 0 ? "heute endgültig" : `noch ${count(days, "Tag", "Tage")}`),
  empty: "Papierkorb leeren",
  emptyTitle: "Den Papierkorb leeren?",
  emptyLead: (n: number, hasMore: boolean) =>
    `${hasMore ? "Mehr als " : ""}${count(n, "Aufgabe wird", "Aufgaben werden")} mit Verlauf endgültig gelöscht. Es gibt keinen Weg zurück.`,
  emptied: "Der Papierkorb ist leer",
  purge: "Endgültig löschen",
  purgeOf: (title: string) => `„${title}“ endgültig löschen`,
  purgeTitle: "Diese Aufgabe endgültig löschen?",
  purgeLead: (title: string) => `„${title}“ geht mit ihrem Verlauf. Es gibt keinen Weg zurück.`,
  purged: (title: string) => `„${title}“ endgültig gelöscht`,
  listLabel: "Gelöschte Aufgaben",
};
