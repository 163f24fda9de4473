import type { Messages } from "../messages";

export const nav: Messages["nav"] = {
  label: "Hauptmenü",
  today: "Heute",
  all: "Alle Aufgaben",
  allShort: "Alle",
  search: "Suche",
  board: "Board",
  upcoming: "Demnächst",
  calendar: "Kalender",
  trash: "Papierkorb",
  more: "Mehr",
  notifications: "Mitteilungen",
  accountOf: (name: string) => `Konto von ${name}`,
  progress: "Fortschritt",
  people: "Personen",
  settings: "Einstellungen",
  signOut: "Abmelden",
};
