import type { Weekday } from "@/shared/i18n/week";
import {
  FIRST_DAY,
  isPlainDate,
  LAST_DAY,
  type PlainDate,
  plusDays,
  startOfWeek,
} from "@/shared/lib/plain-date";

/** A month of a year, `YYYY-MM`. */
export type PlainMonth = string;

const DAYS_IN_WEEK = 7;

export function monthOf(date: PlainDate): PlainMonth {
  return date.slice(0, 7);
}

export function firstOf(month: PlainMonth): PlainDate {
  return `${month}-01`;
}

/** Never past the ends of what a task may be due on. */
export function plusMonths(month: PlainMonth, months: number): PlainMonth {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  const next = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  if (next < monthOf(FIRST_DAY)) return monthOf(FIRST_DAY);
  return next > monthOf(LAST_DAY) ? monthOf(LAST_DAY) : next;
}

/** The weeks that a month touches, each of seven days, with its neighbours' days at the edges. */
export function weeksOf(month: PlainMonth, first?: Weekday): PlainDate[][] {
  const weeks: PlainDate[][] = [];
  const end = firstOf(nextMonth(month));
  for (let day = startOfWeek(firstOf(month), first); day < end; day = plusDays(day, DAYS_IN_WEEK)) {
    weeks.push(Array.from({ length: DAYS_IN_WEEK }, (_, at) => plusDays(day, at)));
  }
  return weeks;
}

function nextMonth(month: PlainMonth): PlainMonth {
  return monthOf(plusDays(firstOf(month), 31));
}

/** An address may be typed or old: what is no month is the current one. */
export function readMonth(params: URLSearchParams, today: PlainDate): PlainMonth {
  const value = params.get("month") ?? "";
  return isPlainDate(`${value}-01`) ? value : monthOf(today);
}

export function writeMonth(
  params: URLSearchParams,
  month: PlainMonth,
  today: PlainDate,
): URLSearchParams {
  const next = new URLSearchParams(params);
  if (month === monthOf(today)) next.delete("month");
  else next.set("month", month);
  return next;
}
