import { CircleUserRound } from "lucide-react";
import { NavLink } from "react-router";
import { AccountButton } from "@/features/auth/ui/account-button";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { navItems } from "./nav-items";

const barItems = navItems.filter((item) => item.isInBar);

const TAB =
  "grid h-[61px] content-center justify-items-center gap-1 text-[11px] text-ink-2 aria-[current=page]:font-semibold aria-[current=page]:text-accent outline-offset-[-3px]";

export function BottomBar() {
  const { user } = useStore(sessionStore);
  return (
    <nav
      aria-label={messages.nav.label}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-bg pb-[env(safe-area-inset-bottom)]"
    >
      {barItems.map(({ to, shortLabel, icon: Icon }) => (
        <NavLink key={to} to={to} end className={TAB}>
          <Icon className="size-5" aria-hidden="true" />
          {shortLabel}
        </NavLink>
      ))}
      {user && (
        <AccountButton user={user} className={TAB}>
          <CircleUserRound className="size-5" aria-hidden="true" />
          {messages.nav.account}
        </AccountButton>
      )}
    </nav>
  );
}
