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
  titles: {
    session_reused: "A sign-in was used from two places",
    test: "This is a test",
  } as Readonly<Record<string, string>>,
  filter: "Which notifications",
  showAll: "All",
  showUnread: "Unread",
  allReadTitle: "Nothing unread",
  allReadLead: "You have seen it all.",
  markRead: (title: string) => `Mark “${title}” as read`,
  markUnread: (title: string) => `Mark “${title}” as unread`,
  mail: {
    pending: "mail is due",
    sending: "mail is being sent",
    sent: "mailed",
    failed: "mail did not go out",
    skipped: "no mail, for want of an address",
  },
  otherKind: "Notice",
  arrived: (title: string) => `New notification: ${title}`,
  failed: "That was not marked as read",
};
