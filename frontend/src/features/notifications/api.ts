import { get, patch, post } from "@/shared/api/client";
import { getPage } from "@/shared/api/pages";
import type { AppNotification, Page } from "@/shared/api/types";

const PAGE_SIZE = 30;

export interface UnreadAnswer {
  readonly unread: number;
}

export function listNotifications(
  cursor: string | null,
  isUnreadOnly: boolean,
): Promise<Page<AppNotification>> {
  const params = { limit: PAGE_SIZE, ...(isUnreadOnly && { unread: true }) };
  return getPage<AppNotification>("/api/notifications/", params, cursor);
}

export function getSummary(): Promise<UnreadAnswer> {
  return get<UnreadAnswer>("/api/notifications/summary/");
}

export function markRead(id: number, read: boolean): Promise<AppNotification> {
  return patch<AppNotification>(`/api/notifications/${id}/`, { read });
}

/** Only up to the newest one seen: what arrives meanwhile stays unread. */
export function markAllRead(upTo: number): Promise<UnreadAnswer> {
  return post<UnreadAnswer>("/api/notifications/read-all/", { up_to: upTo });
}
