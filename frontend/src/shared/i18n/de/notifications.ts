import type { Messages } from "../messages";

export const notifications: Messages["notifications"] = {
  title: "Mitteilungen",
  bell: (unread: number) => (unread === 0 ? "Mitteilungen" : `Mitteilungen, ${unread} ungelesen`),
  unreadCount: (unread: number) => (unread === 0 ? "Nichts ungelesen" : `${unread} ungelesen`),
  markAll: "Alle als gelesen markieren",
  all: "Alle ansehen",
  unread: "ungelesen",
  listLabel: "Mitteilungen",
  kinds: {
    task_created: "Neue Aufgabe",
    session_reused: "Sicherheit",
    test: "Test",
  },
  titles: {
    session_reused: "Eine Anmeldung wurde von zwei Orten benutzt",
    test: "Das ist ein Test",
  },
  filter: "Welche Mitteilungen",
  showAll: "Alle",
  showUnread: "Ungelesene",
  allReadTitle: "Nichts ungelesen",
  allReadLead: "Du hast alles gesehen.",
  markRead: (title: string) => `„${title}“ als gelesen markieren`,
  markUnread: (title: string) => `„${title}“ als ungelesen markieren`,
  mail: {
    pending: "Mail steht an",
    sending: "Mail wird geschickt",
    sent: "gemailt",
    failed: "Mail ging nicht hinaus",
    skipped: "keine Mail, weil eine Adresse fehlt",
  },
  otherKind: "Hinweis",
  arrived: (title: string) => `Neue Mitteilung: ${title}`,
  failed: "Das wurde nicht als gelesen markiert",
};
