import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { cursorOf } from "@/shared/api/pages";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { AppNotification } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { onFact } from "@/shared/realtime/socket";
import { showError } from "@/shared/ui/toast";
import { getSummary, listNotifications, markAllRead, markRead, type UnreadAnswer } from "../api";

const keys = queryKeys.notifications;

export const summaryQuery = queryOptions({
  queryKey: keys.summary,
  queryFn: getSummary,
});

export const listQuery = infiniteQueryOptions({
  queryKey: keys.list,
  queryFn: ({ pageParam }) => listNotifications(pageParam),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => cursorOf(page.next),
});

/** Follows the socket; after every gap the numbers are asked for again. */
export function startNotificationSync(): () => void {
  const stops = [
    onFact("notification", ({ unread }) => {
      const before = queryClient.getQueryData<UnreadAnswer>(keys.summary)?.unread ?? 0;
      setUnread(unread);
      if (unread > before) announce(messages.notifications.bell(unread));
      void queryClient.invalidateQueries({ queryKey: keys.list });
    }),
    onFact("ready", () => void queryClient.invalidateQueries({ queryKey: keys.all })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function setUnread(unread: number): void {
  queryClient.setQueryData<UnreadAnswer>(keys.summary, { unread: Math.max(0, unread) });
}

/** Read on the screen at once; the server's word replaces it either way. */
export function readOne(notification: AppNotification): void {
  if (notification.read) return;
  const { unread } = queryClient.getQueryData<UnreadAnswer>(keys.summary) ?? { unread: 1 };
  setUnread(unread - 1);
  markInList((one) => one.id === notification.id);
  settle(markRead(notification.id));
}

export function readAll(newest: AppNotification | undefined): void {
  if (!newest) return;
  setUnread(0);
  markInList((one) => one.id <= newest.id);
  settle(markAllRead(newest.id));
}

function settle(write: Promise<unknown>): void {
  write
    .catch(() => showError(messages.notifications.failed))
    .finally(() => void queryClient.invalidateQueries({ queryKey: keys.all }));
}

function markInList(isRead: (one: AppNotification) => boolean): void {
  queryClient.setQueryData(listQuery.queryKey, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      results: page.results.map((one) => (isRead(one) ? { ...one, read: true } : one)),
    }));
    return { ...data, pages };
  });
}
