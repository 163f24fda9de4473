import { language, locale } from "@/shared/i18n/locale";
import { messages } from "@/shared/i18n/messages";
import { daysBetween, type PlainDate, toLocalDate } from "./plain-date";

const dayAndMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const withWeekday = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const withYear = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const long = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const DAYS_WITH_WEEKDAY = 7;

/** "Sunday 22 November" */
export function formatLongDate(date: PlainDate): string {
  return plain(long.format(toLocalDate(date)));
}

/** "Mon", for a column. */
export function formatWeekday(date: PlainDate): string {
  return toLocalDate(date).toLocaleDateString(locale, { weekday: "short" });
}

/** "Today", "Yesterday", "Thu 19 Nov", "4 Mar", "4 Mar 2028": as short as is clear. */
export function formatDay(date: PlainDate, today: PlainDate): string {
  const distance = daysBetween(today, date);
  const named = messages.dates.named[distance];
  if (named) return named;
  const local = toLocalDate(date);
  if (Math.abs(distance) <= DAYS_WITH_WEEKDAY) return plain(withWeekday.format(local));
  return (date.slice(0, 4) === today.slice(0, 4) ? dayAndMonth : withYear).format(local);
}

/** English reads better without the comma; other languages keep theirs. */
function plain(text: string): string {
  return language === "en" ? text.replace(",", "") : text;
}

/** In a row the day is implied by "Today", so a time stands alone there. */
export function formatDueShort(date: PlainDate, time: string | null, today: PlainDate): string {
  if (time && date === today) return time;
  return formatDay(date, today);
}

export function formatDue(date: PlainDate, time: string | null, today: PlainDate): string {
  const day = formatDay(date, today);
  return time ? `${day}, ${time}` : day;
}

/** An instant as the person's wall clock shows it. */
export function formatInstant(instant: string, timeZone: string | undefined): string {
  const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
  const value = new Date(instant);
  try {
    return value.toLocaleString(locale, { ...options, timeZone });
  } catch {
    return value.toLocaleString(locale, options);
  }
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "5 min. ago"; below a minute, "now". */
export function formatAgo(instant: string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, "second");
}

const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" });
const weekdayNames = {
  short: new Intl.DateTimeFormat(locale, { weekday: "short" }),
  long: new Intl.DateTimeFormat(locale, { weekday: "long" }),
} as const;

/** "November 2026", of any date in it. */
export function formatMonth(date: PlainDate): string {
  return month.format(toLocalDate(date));
}

/** "Sun" or "Sunday" */
export function formatWeekdayName(date: PlainDate, width: "short" | "long"): string {
  return weekdayNames[width].format(toLocalDate(date));
}
