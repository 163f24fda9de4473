import { Search } from "lucide-react";
import { Suspense } from "react";
import { NavLink } from "react-router";
import { AccountButton, initialsOf } from "@/features/auth/ui/account-button";
import { Bell } from "@/features/notifications/ui/bell";
import { type TaskCounts, useTaskCounts } from "@/features/tasks/model/use-tasks";
import { runCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { isMac } from "@/shared/lib/platform";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { Kbd } from "@/shared/ui/kbd";
import { Logo } from "@/shared/ui/logo";
import { isAtFilterStore } from "./filter-link";
import { type NavItem, navItems } from "./nav-items";

const SavedFilterNav = lazyWithRetry(() =>
  import("./saved-filter-nav").then((module) => module.SavedFilterNav),
);

export function SideNav() {
  const counts = useTaskCounts();
  return (
    <nav
      aria-label={messages.nav.label}
      className="sticky top-0 flex h-dvh w-[236px] shrink-0 flex-col gap-0.5 border-r border-line p-3 max-[860px]:w-[196px]"
    >
      <p className="mb-3 flex h-9 items-center gap-2.5 px-2 text-[15px] font-semibold">
        <Logo className="size-[18px]" />
        {messages.app.name}
      </p>
      <PaletteButton />
      {navItems.map(
        (item) => item.place === "top" && <SideLink key={item.to} item={item} counts={counts} />,
      )}
      <Suspense fallback={null}>
        <SavedFilterNav />
      </Suspense>
      <span className="flex-1" />
      {navItems.map(
        (item) => item.place === "end" && <SideLink key={item.to} item={item} counts={counts} />,
      )}
      <Account />
    </nav>
  );
}

function PaletteButton() {
  // As the list of commands has it, which is not loaded for the first paint.
  const key = isMac ? "⌘K" : `${messages.palette.ctrl}+K`;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => runCommand("palette.open")}
      className="mb-2 flex h-9 touch:h-11 items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2.5 text-ink-3 hover:border-ink-3 hover:text-ink-2"
    >
      <Search className="size-4" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate text-left">{messages.palette.open}</span>
      <Kbd>{key}</Kbd>
    </button>
  );
}

interface SideLinkProps {
  readonly item: NavItem;
  readonly counts: TaskCounts;
}

function SideLink({ item, counts }: SideLinkProps) {
  const Icon = item.icon;
  const count = item.count ? counts[item.count] : 0;
  const isAtFilter = useStore(isAtFilterStore);
  return (
    <NavLink
      to={item.to}
      end
      aria-current={isAtFilter ? "false" : "page"}
      className="flex h-8 touch:h-11 items-center gap-3 rounded-sm px-2.5 text-ink-2 transition-colors duration-120 hover:bg-sunken hover:text-ink aria-[current=page]:bg-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
    >
      <Icon className="size-4" aria-hidden="true" />
      <span className="flex-1">{item.label}</span>
      {count > 0 && <span className="text-[12.5px]">{count}</span>}
    </NavLink>
  );
}

function Account() {
  const { user } = useStore(sessionStore);
  if (!user) return null;
  return (
    <div className="mt-2 flex items-center gap-1 border-t border-line pt-2">
      <AccountButton
        user={user}
        className="flex h-10 min-w-0 flex-1 items-center gap-2.5 rounded-sm px-2 text-left text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <span className="grid size-[26px] shrink-0 place-items-center rounded-full bg-soft text-[10.5px] font-bold text-accent">
          {initialsOf(user)}
        </span>
        <span className="truncate">{user.username}</span>
      </AccountButton>
      <Bell />
    </div>
  );
}
