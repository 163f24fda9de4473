import type { Messages } from "../messages";

export const empty: Messages["empty"] = {
  firstTitle: "Ein leeres Blatt",
  firstLead: "Schreib auf, was dir als Erstes einfällt. Enter speichert es.",
  firstAction: "Erste Aufgabe hinzufügen",
  todayTitle: "Heute ist nichts fällig",
  todayLead: "Alles andere wartet unter „Alle Aufgaben“.",
  todayAction: "Alle Aufgaben ansehen",
  matchTitle: "Keine Aufgabe passt",
  matchLead: "Nichts entspricht diesen Filtern.",
  matchAction: "Filter aufheben",
  trashTitle: "Der Papierkorb ist leer",
  trashLead: "Was du löschst, wartet hier.",
  trashAction: "Zurück zu allen Aufgaben",
  notificationsTitle: "Alles ruhig",
  notificationsLead: "Was mit deinen Aufgaben geschieht, steht hier.",
  notificationsAction: "Zu „Heute“",
};
