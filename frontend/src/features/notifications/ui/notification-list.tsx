import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff } from "lucide-react";
import { useEffect } from "react";
import { Link } from "react-router";
import type { AppNotification } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo } from "@/shared/lib/format-date";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { listQuery, readOne } from "../model/notifications";

const t = messages.notifications;

interface NotificationListProps {
  /** In the popover: fewer, and no page furniture. */
  readonly isCompact?: boolean;
  readonly onOpen?: () => void;
  readonly onNewest?: (newest: AppNotification | undefined) => void;
}

const COMPACT_ROWS = 7;

export function NotificationList({ isCompact, onOpen, onNewest }: NotificationListProps) {
  const query = useInfiniteQuery(listQuery);
  const all = query.data?.pages.flatMap((page) => page.results);
  const newest = all?.[0];
  useEffect(() => onNewest?.(newest), [onNewest, newest]);
  if (!all) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  if (all.length === 0) return isCompact ? <QuietNote /> : <Quiet />;
  const rows = isCompact ? all.slice(0, COMPACT_ROWS) : all;
  return (
    <>
      <ul aria-label={t.listLabel}>
        {rows.map((one) => (
          <NotificationRow key={one.id} notification={one} onOpen={onOpen} />
        ))}
      </ul>
      {!isCompact && query.hasNextPage && (
        <Button className="mt-3" onClick={() => void query.fetchNextPage()}>
          {messages.tasks.loadMore}
        </Button>
      )}
    </>
  );
}

function QuietNote() {
  return <p className="px-3 py-8 text-center text-ink-2">{messages.empty.notificationsTitle}</p>;
}

function Quiet() {
  const e = messages.empty;
  return (
    <EmptyState icon={BellOff} title={e.notificationsTitle} lead={e.notificationsLead}>
      <Link to="/" className="font-semibold text-accent underline underline-offset-3">
        {e.notificationsAction}
      </Link>
    </EmptyState>
  );
}

interface NotificationRowProps {
  readonly notification: AppNotification;
  readonly onOpen: (() => void) | undefined;
}

/** Opening it reads it. One without a task has nowhere to go and is read in place. */
function NotificationRow({ notification, onOpen }: NotificationRowProps) {
  const open = () => {
    readOne(notification);
    if (notification.task !== null) onOpen?.();
  };
  const look =
    "flex w-full items-start gap-3 rounded-md px-3 py-2.5 text-left outline-offset-[-2px] hover:bg-sunken";
  const body = <NotificationBody notification={notification} />;
  return (
    <li className="border-b border-line last:border-0">
      {notification.task === null ? (
        <button type="button" onClick={open} className={look}>
          {body}
        </button>
      ) : (
        <Link to={`/tasks?task=${notification.task}`} onClick={open} className={look}>
          {body}
        </Link>
      )}
    </li>
  );
}

function NotificationBody({ notification }: Pick<NotificationRowProps, "notification">) {
  const { kind, title, read, created_at } = notification;
  return (
    <>
      <span
        className={cx("mt-1.5 size-2 shrink-0 rounded-full", read ? "bg-transparent" : "bg-accent")}
      />
      <span className="min-w-0 flex-1">
        <span className={cx("block truncate", read ? "text-ink-2" : "font-semibold")}>{title}</span>
        <span className="text-[12.5px] text-ink-3">{t.kinds[kind] ?? t.otherKind}</span>
        {!read && <span className="sr-only">, {t.unread}</span>}
      </span>
      <time dateTime={created_at} className="mt-0.5 text-[12.5px] whitespace-nowrap text-ink-3">
        {formatAgo(created_at)}
      </time>
    </>
  );
}
