import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { cursorOf } from "@/shared/api/pages";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { AppNotification } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { showError } from "@/shared/ui/toast";
import { getSummary, listNotifications, markAllRead, markRead, type UnreadAnswer } from "../api";

const keys = queryKeys.notifications;

export const summaryQuery = queryOptions({
  queryKey: keys.summary,
  queryFn: getSummary,
});

function queryOf(queryKey: readonly string[], isUnreadOnly: boolean) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => listNotifications(pageParam, isUnreadOnly),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => cursorOf(page.next),
  });
}

export const listQuery = queryOf(keys.list, false);
export const unreadQuery = queryOf(keys.unread, true);

export function setUnread(unread: number): void {
  queryClient.setQueryData<UnreadAnswer>(keys.summary, { unread: Math.max(0, unread) });
}

/** Read on the screen at once; the server's word replaces it either way. */
export function readOne(notification: AppNotification): void {
  if (!notification.read) setRead(notification, true);
}

/** Kept for later: it counts as unread again. */
export function unreadOne(notification: AppNotification): void {
  setRead(notification, false);
}

function setRead(notification: AppNotification, read: boolean): void {
  const { unread } = queryClient.getQueryData<UnreadAnswer>(keys.summary) ?? { unread: 1 };
  setUnread(unread + (read ? -1 : 1));
  markInLists((one) => one.id === notification.id, read);
  settle(markRead(notification.id, read));
}

/** All up to the newest that the list shows, or will once it is loaded. */
export async function readAll(query: typeof listQuery): Promise<void> {
  const list = await queryClient.ensureInfiniteQueryData(query).catch(() => null);
  const newest = list?.pages[0]?.results[0];
  if (!list) showError(messages.notifications.failed);
  if (!newest) return;
  setUnread(0);
  markInLists((one) => one.id <= newest.id, true);
  settle(markAllRead(newest.id));
}

function settle(write: Promise<unknown>): void {
  write
    .catch(() => showError(messages.notifications.failed))
    .finally(() => void queryClient.invalidateQueries({ queryKey: keys.all }));
}

/** In the list of unread ones a read one stays until the next look, so that nothing jumps away. */
function markInLists(isMeant: (one: AppNotification) => boolean, read: boolean): void {
  for (const { queryKey } of [listQuery, unreadQuery]) {
    queryClient.setQueryData(queryKey, (data) => {
      if (!data) return data;
      const pages = data.pages.map((page) => ({
        ...page,
        results: page.results.map((one) => (isMeant(one) ? { ...one, read } : one)),
      }));
      return { ...data, pages };
    });
  }
}
