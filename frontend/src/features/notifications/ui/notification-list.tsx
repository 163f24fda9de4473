import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff, Mail, MailOpen } from "lucide-react";
import { Link } from "react-router";
import type { AppNotification } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo } from "@/shared/lib/format-date";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { listQuery, readOne, unreadOne, unreadQuery } from "../model/notifications";

const t = messages.notifications;

interface NotificationListProps {
  /** In the popover: fewer, and no page furniture. */
  readonly isCompact?: boolean;
  readonly isUnreadOnly?: boolean;
  readonly onOpen?: () => void;
}

const COMPACT_ROWS = 7;

export function NotificationList(props: NotificationListProps) {
  const { isCompact = false, isUnreadOnly = false, onOpen } = props;
  const query = useInfiniteQuery(isUnreadOnly ? unreadQuery : listQuery);
  const all = query.data?.pages.flatMap((page) => page.results);
  if (!all) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  if (all.length === 0) {
    if (isUnreadOnly) return <AllRead />;
    return isCompact ? <QuietNote /> : <Quiet />;
  }
  const rows = isCompact ? all.slice(0, COMPACT_ROWS) : all;
  return (
    <>
      <ul aria-label={t.listLabel}>
        {rows.map((one) => (
          <NotificationRow key={one.id} notification={one} isCompact={isCompact} onOpen={onOpen} />
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

function AllRead() {
  return (
    <EmptyState icon={BellOff} title={t.allReadTitle} lead={t.allReadLead}>
      <Link to="/notifications" className="font-semibold text-accent underline underline-offset-3">
        {t.all}
      </Link>
    </EmptyState>
  );
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
  readonly isCompact: boolean;
  readonly onOpen: (() => void) | undefined;
}

/** Opening it reads it. One without a task has nowhere to go and is read in place. */
function NotificationRow({ notification, isCompact, onOpen }: NotificationRowProps) {
  const open = () => {
    readOne(notification);
    if (notification.task !== null) onOpen?.();
  };
  const look =
    "flex min-w-0 flex-1 items-start gap-3 rounded-md px-3 py-2.5 text-left outline-offset-[-2px] hover:bg-sunken";
  const body = <NotificationBody notification={notification} isCompact={isCompact} />;
  return (
    <li className="flex items-start border-b border-line last:border-0">
      {notification.task === null ? (
        <button type="button" onClick={open} className={look}>
          {body}
        </button>
      ) : (
        <Link to={`/tasks?task=${notification.task}`} onClick={open} className={look}>
          {body}
        </Link>
      )}
      {!isCompact && <ReadButton notification={notification} />}
    </li>
  );
}

type OneProps = Pick<NotificationRowProps, "notification">;

function ReadButton({ notification }: OneProps) {
  const { read } = notification;
  const title = titleOf(notification);
  return (
    <IconButton
      label={read ? t.markUnread(title) : t.markRead(title)}
      onClick={() => (read ? unreadOne(notification) : readOne(notification))}
      className="mt-1.5"
    >
      {read ? (
        <Mail className="size-4" aria-hidden="true" />
      ) : (
        <MailOpen className="size-4" aria-hidden="true" />
      )}
    </IconButton>
  );
}

/** A task's own title; of what the server says in its words, ours. */
function titleOf({ kind, title }: AppNotification): string {
  return t.titles[kind] ?? title;
}

/** Where something did not go as it should, that is said; what arrived says it by being here. */
function DeliveryNote({ notification }: OneProps) {
  const mail = notification.deliveries.find(({ channel }) => channel === "email");
  if (!mail) return null;
  return (
    <span className={cx("text-[12.5px]", mail.state === "failed" ? "text-late" : "text-ink-3")}>
      {" "}
      · {t.mail[mail.state]}
      {mail.state === "failed" && mail.last_error && `: ${mail.last_error}`}
    </span>
  );
}

function NotificationBody({ notification, isCompact }: Omit<NotificationRowProps, "onOpen">) {
  const { kind, read, created_at } = notification;
  return (
    <>
      <span
        className={cx("mt-1.5 size-2 shrink-0 rounded-full", read ? "bg-transparent" : "bg-accent")}
      />
      <span className="min-w-0 flex-1">
        <span className={cx("block truncate", read ? "text-ink-2" : "font-semibold")}>
          {titleOf(notification)}
        </span>
        <span className="text-[12.5px] text-ink-3">{t.kinds[kind] ?? t.otherKind}</span>
        {!isCompact && <DeliveryNote notification={notification} />}
        {!read && <span className="sr-only">, {t.unread}</span>}
      </span>
      <time dateTime={created_at} className="mt-0.5 text-[12.5px] whitespace-nowrap text-ink-3">
        {formatAgo(created_at)}
      </time>
    </>
  );
}
