import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { Bell } from "@/features/notifications/ui/bell";
import { messages } from "@/shared/i18n/messages";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { cx } from "@/shared/ui/class-names";
import { PageHeading } from "@/shared/ui/page-heading";

interface PageFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly actions?: ReactNode;
  /** Lines of text stay readable; columns take the width there is, and may take the height. */
  readonly width?: "text" | "full" | "screen";
  /** A navigation of its own to the left of the page; above it on a phone. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function PageFrame(props: PageFrameProps) {
  const { title, lead, actions, width = "text", beside, children } = props;
  const isScreen = width === "screen";
  const isPhone = useMediaQuery(PHONE);
  const { pathname } = useLocation();
  return (
    <main
      id="content"
      tabIndex={-1}
      className={cx(
        "min-w-0 flex-1 px-7 pt-6 outline-none phone:px-4 phone:pt-5",
        isScreen && "flex h-dvh min-h-[520px] flex-col phone:h-auto",
      )}
    >
      <title>{messages.app.title(title)}</title>
      <div
        className={cx(
          width === "text" && "max-w-[920px]",
          isScreen && "flex min-h-0 flex-1",
          Boolean(beside) && "flex gap-10 phone:block",
        )}
      >
        {beside}
        <div
          className={cx("min-w-0 flex-1 phone:not-first:mt-5", isScreen && "flex min-h-0 flex-col")}
        >
          <header className="flex items-end justify-between gap-4 phone:grid phone:grid-cols-[minmax(0,1fr)_auto] phone:items-center phone:gap-x-2 phone:gap-y-0">
            <div className="min-w-0 phone:contents">
              <PageHeading>{title}</PageHeading>
              <p className="mt-1 text-[13.5px] text-ink-3 phone:col-span-2 phone:row-start-2 phone:mt-0">
                {lead}
              </p>
            </div>
            <div className="flex min-w-0 items-center gap-2 phone:gap-1">
              {actions}
              {isPhone && pathname !== "/search" && <SearchLink />}
              {isPhone && <Bell />}
            </div>
          </header>
          {children}
        </div>
      </div>
    </main>
  );
}

function SearchLink() {
  return (
    <Link
      to="/search"
      aria-label={messages.nav.search}
      className="grid size-11 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
    >
      <Search className="size-5" aria-hidden="true" />
    </Link>
  );
}
