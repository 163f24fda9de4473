import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AppNotification } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { readAll, summaryQuery } from "../model/notifications";
import { NotificationList } from "./notification-list";

export function NotificationsView() {
  const unread = useQuery(summaryQuery).data?.unread ?? 0;
  const [newest, setNewest] = useState<AppNotification | undefined>();
  return (
    <div className="mt-4">
      {unread > 0 && (
        <Button className="mb-2" onClick={() => readAll(newest)}>
          {messages.notifications.markAll}
        </Button>
      )}
      <NotificationList onNewest={setNewest} />
    </div>
  );
}
