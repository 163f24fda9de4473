import { useQuery } from "@tanstack/react-query";
import { summaryQuery } from "@/features/notifications/model/notifications";
import { NotificationsView } from "@/features/notifications/ui/notifications-view";
import { messages } from "@/shared/i18n/messages";
import { PageFrame } from "./page-frame";

export function NotificationsPage() {
  const unread = useQuery(summaryQuery).data?.unread ?? 0;
  return (
    <PageFrame
      title={messages.notifications.title}
      lead={messages.notifications.unreadCount(unread)}
    >
      <NotificationsView />
    </PageFrame>
  );
}
