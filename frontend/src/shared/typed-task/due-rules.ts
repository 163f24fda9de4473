import type { Language } from "@/shared/i18n/locale";
import { daysBetween, endOfWeek, type PlainDate, plusDays } from "@/shared/lib/plain-date";
import type { Clock, Span } from "./types";

/** Plans are made from Monday to Sunday, wherever a calendar's weeks start. */
const MONDAY = 1;

/** A stretch that may be a day, a time of day, or both. */
export interface Candidate extends Span {
  readonly date: PlainDate | null;
  readonly time: string | null;
}

/** What people call the parts of a day, as times to be reminded at. */
export const PARTS: Readonly<Record<string, string>> = {
  morning: "09:00",
  noon: "12:00",
  afternoon: "15:00",
  evening: "19:00",
  tonight: "20:00",
  night: "22:00",
  früh: "09:00",
  vormittag: "10:00",
  mittag: "12:00",
  nachmittag: "15:00",
  abend: "19:00",
  nacht: "22:00",
};

interface Rule {
  readonly language: Language | null;
  readonly pattern: RegExp;
  readonly read: (
    match: RegExpExecArray,
    today: PlainDate,
    isMonthFirst: boolean,
  ) => { date: PlainDate | null; time?: string | null };
}

const GERMAN_DAYS: Readonly<Record<string, number>> = { heute: 0, morgen: 1, übermorgen: 2 };

/** What chrono does not read, or reads otherwise than people plan. */
const RULES: readonly Rule[] = [
  {
    language: "de",
    pattern: /(heute|morgen|übermorgen)\s+(früh|vormittag|mittag|nachmittag|abend|nacht)/gi,
    read: (match, today) => ({
      date: plusDays(today, GERMAN_DAYS[lower(match[1])] ?? 0),
      time: PARTS[lower(match[2])] ?? null,
    }),
  },
  {
    // With a dot after the month, or "2.10" would be a version and "3.5" a number.
    language: "de",
    pattern: /(\d{1,2})\.\s?(\d{1,2})\./g,
    read: (match, today) => ({ date: nextDayAndMonth(Number(match[1]), Number(match[2]), today) }),
  },
  {
    language: null,
    pattern: /(\d{1,2})\.(\d{1,2})\.(\d{4})/g,
    read: (match) => ({ date: realDate(Number(match[3]), Number(match[2]), Number(match[1])) }),
  },
  {
    // Without a year only where a day is expected: 24/7 and 1/2 are none.
    language: null,
    pattern: /(\d{1,2})\/(\d{1,2})\/(\d{4})|(?:on|by|due|until|am|bis) (\d{1,2})\/(\d{1,2})/gi,
    read: ([, ...numbers], today, isMonthFirst) => {
      const [first = 0, second = 0, year] = numbers.filter(Boolean).map(Number);
      const [day, month] = isMonthFirst ? [second, first] : [first, second];
      return { date: year ? realDate(year, month, day) : nextDayAndMonth(day, month, today) };
    },
  },
  {
    language: "en",
    pattern: /(?:on |by )?the (\d{1,2})(?:st|nd|rd|th)/gi,
    read: (match, today) => ({ date: nextDayOfMonth(Number(match[1]), today) }),
  },
  {
    language: "de",
    pattern: /(?:am|bis zum|zum) (\d{1,2})\.(?!\s?\d)/gi,
    read: (match, today) => ({ date: nextDayOfMonth(Number(match[1]), today) }),
  },
  {
    language: null,
    pattern: /next week|(?:nächste|kommende) woche/gi,
    read: (_, today) => ({ date: plusDays(endOfWeek(today, MONDAY), 1) }),
  },
  {
    language: null,
    pattern: /next month|(?:nächsten|kommenden) monat/gi,
    read: (_, today) => ({ date: inMonths(`${today.slice(0, 8)}01`, 1) }),
  },
  {
    language: null,
    pattern: /in (an?|one|two|three|einem|zwei|drei|\d{1,2}) (?:months?|monate?n?)/gi,
    read: (match, today) => ({ date: inMonths(today, numberOf(lower(match[1]))) }),
  },
  {
    language: null,
    pattern: /(?:this|am|dieses|next|nächstes) (?:weekend|wochenende)/gi,
    read: (match, today) => ({
      date: plusDays(saturday(today), /^(next|nächstes)/i.test(match[0]) ? 7 : 0),
    }),
  },
];

export function ruleCandidates(text: string, clock: Clock): Candidate[] {
  const { language, isMonthFirst, now } = clock;
  return RULES.filter((rule) => !rule.language || rule.language === language).flatMap((rule) =>
    [...text.matchAll(rule.pattern)].flatMap((match) => {
      const { date, time = null } = rule.read(match, now.date, isMonthFirst);
      if (!date) return [];
      return [{ start: match.index, end: match.index + match[0].length, date, time }];
    }),
  );
}

function lower(text: string | undefined): string {
  return text?.toLowerCase() ?? "";
}

function numberOf(word: string): number {
  const words: Readonly<Record<string, number>> = { two: 2, zwei: 2, three: 3, drei: 3 };
  return words[word] ?? (Number(word) || 1);
}

function saturday(today: PlainDate): PlainDate {
  const sunday = endOfWeek(today, MONDAY);
  return today === sunday ? today : plusDays(sunday, -1);
}

/** Null where the calendar has no such day. */
function realDate(year: number, month: number, day: number): PlainDate | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

function nextDayAndMonth(day: number, month: number, today: PlainDate): PlainDate | null {
  const year = Number(today.slice(0, 4));
  const years = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((more) => realDate(year + more, month, day));
  return years.find((date) => date !== null && date >= today) ?? null;
}

/** "The 31st" skips the months that have none. */
function nextDayOfMonth(day: number, today: PlainDate): PlainDate | null {
  const [year = 0, month = 0] = today.split("-").map(Number);
  const months = [0, 1, 2, 3].map((more) => {
    const index = month - 1 + more;
    return realDate(year + Math.floor(index / 12), (index % 12) + 1, day);
  });
  return months.find((date) => date !== null && date >= today) ?? null;
}

/** A month from the 31st is the last day of a shorter month. */
function inMonths(from: PlainDate, months: number): PlainDate | null {
  const [year = 0, month = 0, day = 0] = from.split("-").map(Number);
  const index = month - 1 + months;
  for (let last = day; last >= 28; last -= 1) {
    const date = realDate(year + Math.floor(index / 12), (index % 12) + 1, last);
    if (date) return date;
  }
  return realDate(year + Math.floor(index / 12), (index % 12) + 1, day);
}

/** The next such weekday, today included (0 is Sunday). */
export function nextWeekday(weekday: number, today: PlainDate): PlainDate {
  const todays = 7 - (daysBetween(today, endOfWeek(today, MONDAY)) % 7);
  return plusDays(today, (weekday - (todays % 7) + 7) % 7);
}
