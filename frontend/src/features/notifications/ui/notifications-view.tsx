import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { listQuery, readAll, summaryQuery, unreadQuery } from "../model/notifications";
import { NotificationList } from "./notification-list";

const t = messages.notifications;

/** Which ones are shown stands in the address, as with every list. */
export function NotificationsView() {
  const unread = useQuery(summaryQuery).data?.unread ?? 0;
  const isUnreadOnly = useSearchParams()[0].get("show") === "unread";
  const query = isUnreadOnly ? unreadQuery : listQuery;
  return (
    <div className="mt-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <nav aria-label={t.filter} className="flex gap-1 rounded-md bg-sunken p-1">
          <FilterLink to="/notifications" isOn={!isUnreadOnly} text={t.showAll} />
          <FilterLink to="/notifications?show=unread" isOn={isUnreadOnly} text={t.showUnread} />
        </nav>
        {unread > 0 && <Button onClick={() => void readAll(query)}>{t.markAll}</Button>}
      </div>
      <NotificationList isUnreadOnly={isUnreadOnly} />
    </div>
  );
}

interface FilterLinkProps {
  readonly to: string;
  readonly isOn: boolean;
  readonly text: string;
}

function FilterLink({ to, isOn, text }: FilterLinkProps) {
  return (
    <Link
      to={to}
      aria-current={isOn ? "true" : undefined}
      className="flex h-8 touch:h-11 items-center rounded-sm px-3 text-[13px] font-medium text-ink-2 aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-[0_1px_2px_rgb(0_0_0/0.12)]"
    >
      {text}
    </Link>
  );
}
