import type { Messages } from "../messages";

export const trash: Messages["trash"] = {
  title: "Papierkorb",
  lead: "Was du gelöscht hast, das Neueste zuerst.",
  restore: "Zurückholen",
  restoreOf: (title: string) => `„${title}“ zurückholen`,
  deletedAt: (when: string) => `Gelöscht ${when}`,
  listLabel: "Gelöschte Aufgaben",
};
