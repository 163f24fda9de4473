import {
  addDays,
  differenceInCalendarDays,
  getISODay,
  isValid,
  lightFormat,
  parseISO,
} from "date-fns";
import { type Weekday, weekStart } from "@/shared/i18n/week";

/**
 * A calendar date without time or zone, `YYYY-MM-DD`. Compares as text.
 * Arithmetic goes through local midnight and back, which no zone can shift.
 */
export type PlainDate = string;

export interface ZonedNow {
  readonly date: PlainDate;
  /** `HH:MM` on the wall in that zone. */
  readonly time: string;
}

/** What day and time it is in a zone; the browser's own where the name is unknown. */
export function nowIn(timeZone: string | undefined, instant: Date = new Date()): ZonedNow {
  const parts = Object.fromEntries(
    formatterFor(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

function formatterFor(timeZone: string | undefined): Intl.DateTimeFormat {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-CA", options);
  }
}

export function toLocalDate(date: PlainDate): Date {
  return parseISO(date);
}

export const FIRST_DAY: PlainDate = "1900-01-01";
export const LAST_DAY: PlainDate = "2200-12-31";

/** Whether a text is a date that exists and that a task may be due on. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return false;
  return isValid(parseISO(text));
}

export function plusDays(date: PlainDate, days: number): PlainDate {
  return lightFormat(addDays(parseISO(date), days), "yyyy-MM-dd");
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return differenceInCalendarDays(parseISO(to), parseISO(from));
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: PlainDate): Weekday {
  return getISODay(parseISO(date)) as Weekday;
}

/** The first day of this date's week, where weeks start on `first`. */
export function startOfWeek(date: PlainDate, first: Weekday = weekStart): PlainDate {
  return plusDays(date, -((weekdayOf(date) - first + 7) % 7));
}

export function endOfWeek(date: PlainDate, first: Weekday = weekStart): PlainDate {
  return plusDays(startOfWeek(date, first), 6);
}
