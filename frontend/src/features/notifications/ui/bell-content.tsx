import { Link } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { listQuery, readAll } from "../model/notifications";
import { NotificationList } from "./notification-list";

const t = messages.notifications;

interface BellContentProps {
  readonly unread: number;
  readonly close: () => void;
}

export function BellContent({ unread, close }: BellContentProps) {
  return (
    <>
      <div className="flex h-11 items-center justify-between border-b border-line pr-1.5 pl-4">
        <h2 className="text-[13.5px] font-semibold">{t.title}</h2>
        {unread > 0 && (
          <Button variant="ghost" onClick={() => void readAll(listQuery)}>
            {t.markAll}
          </Button>
        )}
      </div>
      <div className="max-h-[60dvh] min-h-24 overflow-y-auto p-1">
        <NotificationList isCompact onOpen={close} />
      </div>
      <Link
        to="/notifications"
        onClick={close}
        className="block border-t border-line px-4 py-2.5 text-center text-[13px] font-medium text-accent outline-offset-[-2px] hover:bg-sunken"
      >
        {t.all}
      </Link>
    </>
  );
}
