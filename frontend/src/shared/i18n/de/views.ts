import { count } from "../count";
import type { Messages } from "../messages";

export const views: Messages["views"] = {
  moveTo: "Verschieben nach",
  moved: (title: string, place: string) => `„${title}“ verschoben: ${place}`,
  placed: (place: string, at: number, of: number) => `${place}, ${at} von ${of}`,
  firstPlace: "Davor kommt nichts mehr.",
  lastPlace: "Danach kommt nichts mehr.",
  showMore: (n: number) => `${count(n, "weitere", "weitere")} zeigen`,
  addOn: (day: string) => `Aufgabe hinzufügen: ${day}`,
  taskCount: (n: number) => count(n, "Aufgabe", "Aufgaben"),

  boardTitle: "Board",
  boardLead: "Nach Fälligkeit und Priorität.",
  columnLabel: (status: string) => `Aufgaben: ${status}`,
  columns: "Spalten",
  columnEmpty: "Nichts hier",
  dropHere: (status: string) => `Loslassen für „${status}“`,

  upcomingTitle: "Demnächst",
  upcomingLead: (n: number) => `${count(n, "Aufgabe", "Aufgaben")} in den nächsten 14 Tagen`,
  overdue: "Überfällig",

  calendarTitle: "Kalender",
  previousMonth: "Voriger Monat",
  nextMonth: "Nächster Monat",
  thisMonth: "Heute",
  showDone: "Erledigte zeigen",
  hideDone: "Erledigte ausblenden",
  week: "Woche",
  more: (n: number) => `+${n} weitere`,
  moreOn: (n: number, day: string) => `${n} weitere: ${day}`,
  dayTasks: (day: string, n: number) =>
    n === 0 ? `${day}, keine Aufgaben` : `${day}, ${count(n, "Aufgabe", "Aufgaben")}`,
  nothingOn: "An diesem Tag ist nichts fällig.",
};
