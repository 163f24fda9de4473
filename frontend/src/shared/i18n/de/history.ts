import type { Messages } from "../messages";

export const history: Messages["history"] = {
  title: "Verlauf",
  empty: "Noch ist nichts geschehen.",
  failed: "Der Verlauf ließ sich nicht laden.",
  you: "dir",
  nobody: "einem gelöschten Konto",
  verbs: {
    created: (who: string) => `Angelegt von ${who}`,
    updated: (who: string) => `Geändert von ${who}`,
    reverted: (who: string) => `Zurückgesetzt von ${who}`,
    trashed: (who: string) => `In den Papierkorb gelegt von ${who}`,
    restored: (who: string) => `Wiederhergestellt von ${who}`,
    purged: (who: string) => `Endgültig gelöscht von ${who}`,
  },
  wentBack: (who: string, version: number) => `Auf Version ${version} zurückgesetzt von ${who}`,
  fields: {
    title: "Titel",
    description: "Beschreibung",
    status: "Status",
    priority: "Priorität",
    due_date: "Fällig",
    due_time: "Uhrzeit",
    labels: "Labels",
  },
  to: " zu ",
  nothing: "leer",
  setBack: (field: string, value: string) => `${field} auf „${value}“ zurücksetzen`,
  restore: "Wiederherstellen",
  restoreLabel: (version: number) => `Version ${version} wiederherstellen`,
  restored: (version: number) => `Version ${version} wiederhergestellt`,
  restoreFailed: "Diese Version wurde nicht wiederhergestellt",
};
