import { count } from "../count";

export const notifications = {
  title: "Notifications",
  bell: (unread: number) =>
    unread === 0 ? "Notifications" : `Notifications, ${count(unread, "unread", "unread")}`,
  unreadCount: (unread: number) => (unread === 0 ? "Nothing unread" : `${unread} unread`),
  markAll: "Mark all as read",
  all: "See all",
  unread: "unread",
  listLabel: "Notifications",
  kinds: {
    task_created: "New task",
    session_reused: "Security",
    test: "Test",
  } as Readonly<Record<string, string>>,
  otherKind: "Notice",
  arrived: (title: string) => `New notification: ${title}`,
  failed: "That was not marked as read",
};
