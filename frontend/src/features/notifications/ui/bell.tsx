import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { Suspense } from "react";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { PopoverButton } from "@/shared/ui/popover-button";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { summaryQuery } from "../model/notifications";

const t = messages.notifications;
const BADGE_MAX = 99;

const BellContent = lazyWithRetry(() =>
  import("./bell-content").then((module) => module.BellContent),
);

/** Unread at a glance; pressing it lists the newest. */
export function Bell() {
  const unread = useQuery(summaryQuery).data?.unread ?? 0;
  return (
    <PopoverButton
      label={t.bell(unread)}
      popupLabel={t.title}
      popupClassName="w-[360px] overflow-hidden"
      className="relative grid size-8 touch:size-11 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
      content={(close) => (
        <Suspense fallback={<SkeletonRows />}>
          <BellContent unread={unread} close={close} />
        </Suspense>
      )}
    >
      <BellIcon className="size-[18px] phone:size-[22px]" aria-hidden="true" />
      {unread > 0 && (
        <span
          data-testid="unread"
          className="absolute -top-0.5 left-[17px] touch:top-1 touch:left-[23px] grid h-4 min-w-4 place-items-center rounded-full bg-late px-1 text-[10.5px] leading-none font-bold text-bg"
        >
          {unread > BADGE_MAX ? `${BADGE_MAX}+` : unread}
        </span>
      )}
    </PopoverButton>
  );
}
