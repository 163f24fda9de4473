import * as german from "chrono-node/de";
import * as english from "chrono-node/en";
import type { Language } from "@/shared/i18n/locale";
import { LAST_DAY, nowIn, type PlainDate, plusDays } from "@/shared/lib/plain-date";
import { type Candidate, nextWeekday, PARTS, ruleCandidates } from "./due-rules";
import { overlaps } from "./spans";
import type { Clock, TypedToken } from "./types";

type Found = ReturnType<typeof english.casual.parse>[number];

/** Words before a day or a time that go with it. */
const PREFIX: Readonly<Record<Language, RegExp>> = {
  en: /(?<!\S)((?:due|by|on|at|until)\s+)+$/i,
  de: /(?<!\S)((?:fällig|bis|spätestens|am|um|zum|ab)\s+)+$/i,
};
/** "Turn on tomorrow": these two do not say when with an "on" before them. */
const BARE_DAY = /^(today|tomorrow|heute|morgen|übermorgen)/i;
const BY = /^(due|by|until|fällig|bis|spätestens)/i;
/** Names of days that are words as well count only where a day is expected. */
const SHORT_DAY = /^(sun|mon|tue|wed|thu|fri|sat|mo|di|mi|do|fr|sa|so)\.?$/i;
const PAST = /^(last|past|this past|letzte[nrs]?|vergangene[nrs]?|vorige[nrs]?)\s/i;
const NEXT = /\b(next|nächste[nrs]?)\b/i;
const SPOKEN_FOR = /(?:^|\s)(guten|schönen|jeden|jeder|am|der|den|diesen|einen|every|each)\s+$/i;

/** The day and time a text speaks of: one token, or one for each where they stand apart. */
export function dueTokens(text: string, clock: Clock): TypedToken[] {
  const found = candidates(text, clock);
  const day = found.filter(({ date }) => date !== null).at(-1);
  const time = found.filter(({ date }) => date === null).at(-1);
  if (day?.date) return withTime({ ...day, date: day.date }, time);
  if (!time?.time) return [];
  const isPast = time.time <= clock.now.time;
  const date = plusDays(clock.now.date, isPast ? 1 : 0);
  return [{ kind: "due", start: time.start, end: time.end, date, time: time.time }];
}

function withTime(
  { start, end, date, time }: Candidate & { readonly date: PlainDate },
  apart: Candidate | undefined,
): TypedToken[] {
  const day = { kind: "due", start, end, date, time } as const;
  if (time || !apart?.time) return [day];
  return [day, { kind: "time", start: apart.start, end: apart.end, time: apart.time }];
}

/** In the order of the text. The longer of two that overlap is the one meant. */
function candidates(text: string, clock: Clock): Candidate[] {
  const own = [...ruleCandidates(text, clock), ...chronoCandidates(text, clock, clock.language)];
  const other = clock.language === "en" ? "de" : "en";
  const foreign = own.length > 0 ? [] : chronoCandidates(text, clock, other);
  const kept: Candidate[] = [];
  const all = [...own, ...foreign].map((one) => withPrefix(text, one, clock.language));
  for (const one of all.sort((a, b) => b.end - b.start - (a.end - a.start)))
    if (isWhole(text, one) && isAhead(one, clock) && !kept.some((other) => overlaps(one, other)))
      kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

/** Not a part of a word, nor "today's". */
function isWhole(text: string, { start, end }: Candidate): boolean {
  return (
    !/[\p{L}\p{N}./-]$/u.test(text.slice(0, start)) &&
    !/^(['’.]?[\p{L}\p{N}]|[/-]\w)/u.test(text.slice(end))
  );
}

/** What is over is no date to be due, and beyond the last day the server takes none. */
function isAhead({ date }: Candidate, { now }: Clock): boolean {
  return date === null || (date >= now.date && date <= LAST_DAY);
}

function withPrefix(text: string, one: Candidate, language: Language): Candidate {
  const words = PREFIX[language].exec(text.slice(0, one.start))?.[0];
  if (!words) return one;
  if (BARE_DAY.test(text.slice(one.start, one.end)) && !BY.test(words)) return one;
  return { ...one, start: one.start - words.length };
}

function chronoCandidates(text: string, clock: Clock, language: Language): Candidate[] {
  // At noon no clock is changed, so a browser's own zone can't shift a day.
  const reference = new Date(`${clock.now.date}T12:00:00`);
  return (language === "de" ? german : english).casual
    .parse(text, reference, { forwardDate: true })
    .flatMap((found) => toCandidate(found, text, clock, language) ?? []);
}

function toCandidate(
  found: Found,
  text: string,
  clock: Clock,
  language: Language,
): Candidate | null {
  const { index, start: parts, end: until } = found;
  const start = index;
  const words = found.text.replace(/[\s,;]+$/, "");
  const end = index + words.length;
  const tags = found.tags();
  const place = { text, start, end, before: text.slice(0, start), words };
  if (until || PAST.test(found.text) || tags.has("casualReference/now")) return null;
  if (tags.has("result/relativeDateAndTime")) return inHours(found, clock);
  const time = timeOf(found, language);
  const date = dateOf(found, clock, time);
  if (date) return isDayHere(place, clock, language, time) ? { start, end, date, time } : null;
  const isDateless = !parts.isCertain("month") && !parts.isCertain("year");
  return time && isDateless && isTimeHere(place, found, language)
    ? { start, end, date: null, time }
    : null;
}

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly words: string;
}

/** "In 2 hours" counts real hours, whatever the clocks do meanwhile. */
function inHours(found: Found, { instant, zone, now }: Clock): Candidate | null {
  if (!/^(in|within|innerhalb)\s/i.test(found.text)) return null;
  const wall = (name: "year" | "month" | "day" | "hour" | "minute") => found.start.get(name) ?? 0;
  const then = Date.UTC(wall("year"), wall("month") - 1, wall("day"), wall("hour"), wall("minute"));
  const ahead = then - Date.parse(`${now.date}T12:00:00Z`);
  const { date, time } = nowIn(zone, new Date(instant.getTime() + ahead));
  return { start: found.index, end: found.index + found.text.length, date, time };
}

function dateOf(found: Found, { now }: Clock, time: string | null): PlainDate | null {
  const { start, text } = found;
  const plain = `${start.get("year")}-${pad(start.get("month"))}-${pad(start.get("day"))}`;
  if (start.isCertain("day")) {
    const isBareSpan = /^\d|^for\s/i.test(text) && found.tags().has("result/relativeDate");
    return isBareSpan ? null : plain;
  }
  if (!start.isCertain("weekday")) return null;
  if (NEXT.test(text)) return plain;
  const next = nextWeekday(start.get("weekday") ?? 0, now.date);
  return next === now.date && time !== null && time <= now.time ? plusDays(next, 7) : next;
}

function timeOf(found: Found, language: Language): string | null {
  const { start, text } = found;
  const part = [...found.tags()].find((tag) => /noon|morning|evening|night/.test(tag));
  if (!start.isCertain("hour")) return (part && PARTS[part.split("/")[1] ?? ""]) ?? null;
  const hour = (start.get("hour") ?? 0) + (isAfternoon(found, text, language) ? 12 : 0);
  return `${pad(hour)}:${pad(start.get("minute"))}`;
}

/** Who says "at 5" in English means the afternoon; "05:00" is how the morning is written. */
function isAfternoon({ start }: Found, text: string, language: Language): boolean {
  const hour = start.get("hour") ?? 0;
  const isBare = !start.isCertain("meridiem") && !/\b0\d/.test(text);
  return language === "en" && isBare && hour >= 1 && hour <= 6;
}

function isDayHere(place: Place, clock: Clock, language: Language, time: string | null): boolean {
  const { words, before } = place;
  const isExpected = PREFIX[language].test(before) || time !== null;
  if (/^weekend$/i.test(words)) return false;
  // Days in figures are read by rules of our own, in the order of the region.
  if (/^\d{1,2}[/.]\d/.test(words)) return false;
  if (/^morgen$/i.test(words) && SPOKEN_FOR.test(before)) return false;
  if (!SHORT_DAY.test(words)) return true;
  if (language !== clock.language) return false;
  if (/^so\.?$/i.test(words)) return isExpected;
  return isExpected || isAtEnd(place);
}

/** Only marks and punctuation follow. */
function isAtEnd({ text, end }: Place): boolean {
  return /^[\s\uE000.,;!?)]*$/.test(text.slice(end));
}

function isTimeHere({ words, before }: Place, found: Found, language: Language): boolean {
  const isExpected = PREFIX[language].test(before) || /^(at|um)\s/i.test(words);
  if (!found.start.isCertain("hour")) return false;
  if ([...found.tags()].some((tag) => /noon|midnight/.test(tag))) return isExpected;
  // "John 3:16" names a verse; who plans writes quarters, two digits, or am and pm.
  if (/^\d:\d\d$/.test(words) && !isExpected) return Number(words.slice(2)) % 15 === 0;
  if (/^\d{1,2}h?$/i.test(words)) return false;
  return true;
}

function pad(value: number | null | undefined): string {
  return String(value ?? 0).padStart(2, "0");
}
