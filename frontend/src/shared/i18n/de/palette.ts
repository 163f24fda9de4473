import type { Messages } from "../messages";

export const palette: Messages["palette"] = {
  ctrl: "Strg",
  placeholder: "Aufgabe finden oder etwas tun …",
  open: "Finden …",
  recent: "Zuletzt",
  tasks: "Aufgaben",
  commands: "Befehle",
  nothing: "Nichts mit diesem Namen.",
  close: "Schließen",
  helpTitle: "Tastenkürzel",
  singleKeys: "Einzelne Tasten sind Kürzel",
  or: "oder",
};
