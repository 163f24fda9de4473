import type { Messages } from "../messages";

export const app: Messages["app"] = {
  name: "Task Manager",
  title: (page: string) => `${page} · Task Manager`,
  skip: "Zum Inhalt springen",
  close: "Schließen",
  cancel: "Abbrechen",
  loading: "Wird geladen",
};
