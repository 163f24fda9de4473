import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { onFact } from "@/shared/realtime/socket";
import type { UnreadAnswer } from "../api";
import { setUnread } from "./notifications";

const keys = queryKeys.notifications;

/** Follows the socket; after every gap the numbers are asked for again. */
export function startNotificationSync(): () => void {
  const stops = [
    onFact("notification", ({ unread }) => {
      const before = queryClient.getQueryData<UnreadAnswer>(keys.summary)?.unread ?? 0;
      setUnread(unread);
      if (unread > before) announce(messages.notifications.bell(unread));
      void queryClient.invalidateQueries({ queryKey: keys.lists });
    }),
    onFact("ready", () => void queryClient.invalidateQueries({ queryKey: keys.all })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
