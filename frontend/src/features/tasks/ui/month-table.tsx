import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { formatMonth, formatWeekdayName } from "@/shared/lib/format-date";
import {
  endOfWeek,
  isPlainDate,
  type PlainDate,
  plusDays,
  startOfWeek,
} from "@/shared/lib/plain-date";
import { firstOf, monthOf, plusMonths } from "../model/calendar";
import type { MonthControls } from "./use-month";

interface MonthTableProps {
  readonly weeks: readonly (readonly PlainDate[])[];
  readonly controls: MonthControls;
  readonly cell: (date: PlainDate) => ReactNode;
}

/**
 * A table and no ARIA grid: screen readers read tables by rows and columns with their
 * own keys, and tasks in a day stay links. For the keyboard it is one stop: arrows go
 * from day to day, Tab into the day's tasks.
 */
export function MonthTable({ weeks, controls, cell }: MonthTableProps) {
  const table = useRef<HTMLTableElement>(null);
  /** Where keys have gone, until that day is shown: it may be in another month. */
  const target = useRef<PlainDate | null>(null);
  const { day, month, chooseDay } = controls;
  useEffect(() => {
    if (target.current !== day) return;
    table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    target.current = null;
  }, [day]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as Element).matches("[data-day]")) return;
    const next = dayByKey(event, day);
    if (!next || !isPlainDate(next)) return;
    event.preventDefault();
    target.current = next;
    chooseDay(next);
  };
  return (
    <table
      ref={table}
      onKeyDown={onKeyDown}
      aria-label={formatMonth(firstOf(month))}
      className="h-full w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-xl border border-line bg-surface phone:h-auto phone:rounded-none phone:border-0 phone:bg-transparent"
    >
      <thead>
        <tr>
          {weeks[0]?.map((date) => (
            <th
              key={date}
              scope="col"
              abbr={formatWeekdayName(date, "long")}
              className="h-8 border-b border-line px-2.5 text-left text-[12px] font-medium text-ink-3 phone:border-0 phone:px-0 phone:text-center"
            >
              {formatWeekdayName(date, "short")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>{week.map(cell)}</tr>
        ))}
      </tbody>
    </table>
  );
}

/** The keys of date pickers, as the ARIA Authoring Practices describe them. */
function dayByKey(event: KeyboardEvent, day: PlainDate): PlainDate | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  switch (event.key) {
    case "ArrowLeft":
      return plusDays(day, -1);
    case "ArrowRight":
      return plusDays(day, 1);
    case "ArrowUp":
      return plusDays(day, -7);
    case "ArrowDown":
      return plusDays(day, 7);
    case "Home":
      return startOfWeek(day);
    case "End":
      return endOfWeek(day);
    case "PageUp":
      return firstOf(plusMonths(monthOf(day), -1));
    case "PageDown":
      return firstOf(plusMonths(monthOf(day), 1));
    default:
      return null;
  }
}
