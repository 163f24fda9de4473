import type { Messages } from "../messages";

export const notFound: Messages["notFound"] = {
  title: "Hier ist nichts",
  lead: "Die Adresse ist vielleicht alt oder vertippt.",
  action: "Zu „Heute“",
};
