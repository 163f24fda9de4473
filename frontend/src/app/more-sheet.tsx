import { LogOut } from "lucide-react";
import { type RefObject, useRef } from "react";
import { NavLink } from "react-router";
import { initialsOf, leaveAccount } from "@/features/auth/ui/account-button";
import { type TaskCounts, useTaskCounts } from "@/features/tasks/model/use-tasks";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { Sheet } from "@/shared/ui/sheet";
import { type NavItem, navItems } from "./nav-items";
import { SavedFilterNav } from "./saved-filter-nav";

const t = messages.nav;
const moreItems = navItems.filter((item) => !item.isInBar);
const ROW = "flex min-h-12 w-full items-center gap-4 rounded-md px-3 text-left text-[15px]";

interface MoreSheetProps {
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** On a phone: the pages that the bar has no room for, and the account. */
export function MoreSheet({ opener, onClose }: MoreSheetProps) {
  const counts = useTaskCounts();
  const hasLeft = useRef(false);
  const leave = () => {
    hasLeft.current = true;
    onClose();
  };
  // After a change of page the focus belongs to its heading, not to the button that is left behind.
  const finalFocus = () => (hasLeft.current ? document.querySelector("h1") : opener.current);
  return (
    <Sheet label={t.more} place="bottom" onClose={onClose} finalFocus={finalFocus}>
      <nav aria-label={t.more} className="grid p-2">
        {moreItems.map((item) => (
          <MoreLink key={item.to} item={item} counts={counts} onClick={leave} />
        ))}
        <SavedFilterNav onNavigate={leave} />
      </nav>
      <Account onLeave={onClose} />
    </Sheet>
  );
}

interface MoreLinkProps {
  readonly item: NavItem;
  readonly counts: TaskCounts;
  readonly onClick: () => void;
}

function MoreLink({ item, counts, onClick }: MoreLinkProps) {
  const Icon = item.icon;
  const count = item.count ? counts[item.count] : 0;
  return (
    <NavLink
      to={item.to}
      end
      onClick={onClick}
      className={`${ROW} text-ink-2 aria-[current=page]:bg-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent`}
    >
      <Icon className="size-5" aria-hidden="true" />
      <span className="flex-1">{item.label}</span>
      {count > 0 && <span className="text-[13px]">{count}</span>}
    </NavLink>
  );
}

function Account({ onLeave }: { readonly onLeave: () => void }) {
  const { user } = useStore(sessionStore);
  if (!user) return null;
  return (
    <section aria-label={t.accountOf(user.username)} className="border-t border-line p-2">
      <p className={ROW}>
        <span className="grid size-8 shrink-0 place-items-center rounded-full bg-soft text-xs font-bold text-accent">
          {initialsOf(user)}
        </span>
        <span className="min-w-0">
          <span className="block truncate font-medium">{user.username}</span>
          <span className="block truncate text-[12.5px] text-ink-3">{user.email}</span>
        </span>
      </p>
      <button
        type="button"
        onClick={() => {
          onLeave();
          leaveAccount();
        }}
        className={`${ROW} text-ink-2`}
      >
        <LogOut className="size-5" aria-hidden="true" />
        {t.signOut}
      </button>
    </section>
  );
}
