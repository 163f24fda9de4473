import type { Messages } from "../messages";

export const errors: Messages["errors"] = {
  loadTitle: "Das ließ sich nicht laden",
  loadLead: "Deine Aufgaben liegen sicher auf dem Server. Versuch es gleich noch einmal.",
  network: "Der Server ist nicht erreichbar. Prüf deine Verbindung und versuch es noch einmal.",
  server: "Der Server hatte ein Problem. Versuch es gleich noch einmal.",
  reference: (id: string) => `Kennung: ${id}`,
  retry: "Noch einmal",
  crashedTitle: "Auf dieser Seite ist etwas kaputtgegangen",
  crashedLead: "Alles andere geht noch. Neu laden hilft meistens.",
  reload: "Neu laden",
  chunkTitle: "Es gibt eine neue Version",
  chunkLead: "Lade neu, um sie zu bekommen. Was gespeichert oder getippt wurde, bleibt.",
};
