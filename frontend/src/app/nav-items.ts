import {
  Bell,
  CalendarArrowDown,
  CalendarCheck,
  CalendarDays,
  ChartNoAxesColumn,
  Columns3,
  List,
  type LucideIcon,
  Search,
  Settings,
  Trash2,
} from "lucide-react";
import type { CommandId } from "@/shared/actions/commands";
import { messages } from "@/shared/i18n/messages";

export interface NavItem {
  readonly to: string;
  readonly command: CommandId;
  readonly label: string;
  readonly shortLabel: string;
  readonly icon: LucideIcon;
  readonly count?: "today" | "open";
  /** At the top or the bottom of the navigation, or found another way (the bell, the palette). */
  readonly place: "top" | "end" | "elsewhere";
  /** In the bar of a phone, which holds four of them; "More" lists the others. */
  readonly isInBar?: boolean;
}

const t = messages.nav;

/** The pages there are: navigation, palette and `g` keys all follow this list. */
export const navItems: readonly NavItem[] = [
  {
    to: "/",
    command: "go.today",
    label: t.today,
    shortLabel: t.today,
    icon: CalendarCheck,
    count: "today",
    place: "top",
    isInBar: true,
  },
  {
    to: "/upcoming",
    command: "go.upcoming",
    label: t.upcoming,
    shortLabel: t.upcoming,
    icon: CalendarArrowDown,
    place: "top",
  },
  {
    to: "/tasks",
    command: "go.all",
    label: t.all,
    shortLabel: t.allShort,
    icon: List,
    count: "open",
    place: "top",
    isInBar: true,
  },
  {
    to: "/board",
    command: "go.board",
    label: t.board,
    shortLabel: t.board,
    icon: Columns3,
    place: "top",
    isInBar: true,
  },
  {
    to: "/calendar",
    command: "go.calendar",
    label: t.calendar,
    shortLabel: t.calendar,
    icon: CalendarDays,
    place: "top",
    isInBar: true,
  },
  {
    to: "/progress",
    command: "go.progress",
    label: t.progress,
    shortLabel: t.progress,
    icon: ChartNoAxesColumn,
    place: "top",
  },
  {
    to: "/search",
    command: "go.search",
    label: t.search,
    shortLabel: t.search,
    icon: Search,
    place: "top",
  },
  {
    to: "/notifications",
    command: "go.notifications",
    label: t.notifications,
    shortLabel: t.notifications,
    icon: Bell,
    place: "elsewhere",
  },
  {
    to: "/trash",
    command: "go.trash",
    label: t.trash,
    shortLabel: t.trash,
    icon: Trash2,
    place: "end",
  },
  {
    to: "/settings",
    command: "go.settings",
    label: t.settings,
    shortLabel: t.settings,
    icon: Settings,
    place: "elsewhere",
  },
];
