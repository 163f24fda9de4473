import { CalendarArrowDown } from "lucide-react";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { endOfWeek, type PlainDate, plusDays } from "@/shared/lib/plain-date";
import type { MenuAction, MenuSection } from "@/shared/ui/menu-types";
import { StatusRing } from "@/shared/ui/status-ring";
import { STATUSES } from "../model/filter";

const t = messages.views;

/** The menu's way to what a drag between columns does. */
export function statusMoves(task: Task, move: (status: TaskStatus) => void): MenuSection {
  return {
    label: t.moveTo,
    items: STATUSES.map((status) => ({
      kind: "radio",
      label: messages.tasks.status[status],
      icon: <StatusRing status={status} className="size-4" />,
      isOn: status === task.status,
      run: () => move(status),
    })),
  };
}

/** The menu's way to what a drag between days does. */
export function dayMoves(
  task: Task,
  today: PlainDate,
  move: (date: PlainDate) => void,
): MenuSection {
  const days: readonly (readonly [string, PlainDate])[] = [
    [messages.due.today, today],
    [messages.due.tomorrow, plusDays(today, 1)],
    [messages.due.nextWeek, plusDays(endOfWeek(today), 1)],
  ];
  const items = days
    .filter(([, date]) => date !== task.due_date)
    .map(([label, date]) => dayItem(label, () => move(date)));
  return { label: t.moveTo, items };
}

function dayItem(label: string, run: () => void): MenuAction {
  const icon = <CalendarArrowDown className="size-4" aria-hidden="true" />;
  return { kind: "action", label, icon, run };
}
