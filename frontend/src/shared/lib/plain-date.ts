import { type Weekday, weekStart } from "@/shared/i18n/week";

/**
 * A calendar date without time or zone, `YYYY-MM-DD`. Compares as text.
 * Arithmetic goes through midnight in UTC, where every day has 24 hours.
 */
export type PlainDate = string;

const DAY_MS = 86_400_000;

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

/** Making one costs a thousand times what using it does. */
const formatters = new Map<string | undefined, Intl.DateTimeFormat>();

function formatterFor(timeZone: string | undefined): Intl.DateTimeFormat {
  const formatter = formatters.get(timeZone) ?? newFormatter(timeZone);
  formatters.set(timeZone, formatter);
  return formatter;
}

function newFormatter(timeZone: string | undefined): Intl.DateTimeFormat {
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

/** Midnight where the browser is, for formatting. */
export function toLocalDate(date: PlainDate): Date {
  return new Date(`${date}T00:00`);
}

export const FIRST_DAY: PlainDate = "1900-01-01";
export const LAST_DAY: PlainDate = "2200-12-31";

/** Whether a text is a date that exists and that a task may be due on. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return false;
  // An engine may read the 30th of February as the 2nd of March.
  return !Number.isNaN(utcOf(text)) && plusDays(text, 0) === text;
}

export function plusDays(date: PlainDate, days: number): PlainDate {
  return new Date(utcOf(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (utcOf(to) - utcOf(from)) / DAY_MS;
}

/** A date alone is midnight in UTC, says ECMA-262. */
function utcOf(date: PlainDate): number {
  return Date.parse(date);
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: PlainDate): Weekday {
  return (new Date(utcOf(date)).getUTCDay() || 7) as Weekday;
}

/** The first day of this date's week, where weeks start on `first`. */
export function startOfWeek(date: PlainDate, first: Weekday = weekStart): PlainDate {
  return plusDays(date, -((weekdayOf(date) - first + 7) % 7));
}

export function endOfWeek(date: PlainDate, first: Weekday = weekStart): PlainDate {
  return plusDays(startOfWeek(date, first), 6);
}
