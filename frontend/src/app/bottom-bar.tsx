import { Ellipsis } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { NavLink, useLocation } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { cx } from "@/shared/ui/class-names";
import { navItems } from "./nav-items";

const MoreSheet = lazyWithRetry(() => import("./more-sheet").then((module) => module.MoreSheet));

const barItems = navItems.filter((item) => item.isInBar);
const TAB =
  "grid h-[61px] min-w-0 flex-1 content-center justify-items-center gap-1 text-[11px] outline-offset-[-3px]";
const LINK = "text-ink-2 aria-[current=page]:font-semibold aria-[current=page]:text-accent";

export function BottomBar() {
  return (
    <nav
      aria-label={messages.nav.label}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-bg pb-[env(safe-area-inset-bottom)]"
    >
      {barItems.map(({ to, shortLabel, icon: Icon }) => (
        <NavLink key={to} to={to} end className={cx(TAB, LINK)}>
          <Icon className="size-5" aria-hidden="true" />
          {shortLabel}
        </NavLink>
      ))}
      <MoreButton />
    </nav>
  );
}

/** Where the bar has no room. It is lit while one of its pages is open. */
function MoreButton() {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { pathname } = useLocation();
  const isHere = navItems.some((item) => !item.isInBar && item.to === pathname);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={cx(TAB, isHere ? "font-semibold text-accent" : "text-ink-2")}
      >
        <Ellipsis className="size-5" aria-hidden="true" />
        {messages.nav.more}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MoreSheet opener={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
