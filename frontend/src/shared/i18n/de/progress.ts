import { count, formatNumber } from "../count";
import type { Messages } from "../messages";

export const progress: Messages["progress"] = {
  title: "Fortschritt",
  lead: "Was du in zwölf Wochen geschafft hast und was noch offen ist.",
  lastWeek: "In 7 Tagen erledigt",
  completed: "Insgesamt erledigt",
  open: "Offen",
  perDay: "Erledigt pro Tag",
  asTable: "Als Tabelle zeigen",
  asChart: "Als Bild zeigen",
  summary: (n, best) =>
    best
      ? `${count(n, "Aufgabe", "Aufgaben")} in zwölf Wochen erledigt, die meisten an einem Tag: ${formatNumber(best.count)} (${best.day}).`
      : "In den letzten zwölf Wochen wurde keine Aufgabe erledigt.",
  tableCaption: "Erledigte Aufgaben nach Woche und Tag",
  weekFrom: "Woche ab",
  total: "Summe",
  byAge: "Offene Aufgaben nach Alter",
  ages: {
    day: "Bis ein Tag",
    week: "Bis eine Woche",
    month: "Bis ein Monat",
    quarter: "Bis 3 Monate",
    older: "Älter",
  },
  byLabel: "Nach Schlagwort",
  labelCounts: (open, done) => `${formatNumber(done)} erledigt, ${formatNumber(open)} offen`,
  emptyTitle: "Noch kein Blick zurück",
  emptyLead: "Erledige eine Aufgabe, dann füllt sich diese Seite.",
  emptyAction: "Zu „Heute“",
};
