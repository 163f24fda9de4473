import type { Messages } from "../messages";

export const due: Messages["due"] = {
  today: "Heute",
  tomorrow: "Morgen",
  nextWeek: "Nächste Woche",
  none: "Kein Datum",
  date: "Datum",
  time: "Uhrzeit",
  set: "Fälligkeit festlegen",
  clearTime: "Ohne Uhrzeit",
  done: "Fertig",
};
