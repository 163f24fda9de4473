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
  otherKind: "Hinweis",
  arrived: (title: string) => `Neue Mitteilung: ${title}`,
  failed: "Das wurde nicht als gelesen markiert",
};
