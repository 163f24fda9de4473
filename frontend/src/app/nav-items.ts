import { CalendarCheck, List, type LucideIcon, Trash2 } from "lucide-react";
import { messages } from "@/shared/i18n/messages";

export interface NavItem {
  readonly to: string;
  readonly label: string;
  readonly shortLabel: string;
  readonly icon: LucideIcon;
  readonly count: "today" | "open" | null;
}

const t = messages.nav;

export const todayItem: NavItem = {
  to: "/",
  label: t.today,
  shortLabel: t.today,
  icon: CalendarCheck,
  count: "today",
};
export const allItem: NavItem = {
  to: "/tasks",
  label: t.all,
  shortLabel: t.allShort,
  icon: List,
  count: "open",
};
export const trashItem: NavItem = {
  to: "/trash",
  label: t.trash,
  shortLabel: t.trash,
  icon: Trash2,
  count: null,
};
