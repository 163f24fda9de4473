import { afterEach, describe, expect, test, vi } from "vitest";
import type { Language } from "@/shared/i18n/locale";
import { nowIn } from "@/shared/lib/plain-date";
import { readTyped } from "./read";
import type { Clock } from "./types";

/** A Wednesday, at noon in UTC. */
const NOON = "2026-11-25T12:00:00Z";

interface When {
  readonly at?: string;
  readonly zone?: string;
  readonly language?: Language;
  readonly isMonthFirst?: boolean;
}

function clockAt({ at = NOON, zone = "UTC", language = "en", isMonthFirst = false }: When): Clock {
  const instant = new Date(at);
  return { instant, zone, now: nowIn(zone, instant), language, isMonthFirst };
}

const read = (text: string, when: When = {}) => readTyped(text, [], clockAt(when));

/** "title | day | time", as short as a row of a table. */
function brief(text: string, when: When = {}): string {
  const { title, due } = read(text, when);
  return [title, due?.due_date, due?.due_time].filter(Boolean).join(" | ");
}

test("a line says everything about a task", () => {
  expect(read("Pay rent tomorrow !high #home")).toMatchObject({
    title: "Pay rent",
    due: { due_date: "2026-11-26", due_time: null },
    priority: "high",
    labels: ["home"],
  });
});

describe("days in English", () => {
  test.each([
    ["Pay rent today", "Pay rent | 2026-11-25"],
    ["Tomorrow pay rent", "pay rent | 2026-11-26"],
    ["Pay rent fri 17:00", "Pay rent | 2026-11-27 | 17:00"],
    ["Pay rent on friday", "Pay rent | 2026-11-27"],
    ["Pay rent by friday, really", "Pay rent, really | 2026-11-27"],
    ["Pay rent due 24 dec", "Pay rent | 2026-12-24"],
    ["Pay rent dec 24", "Pay rent | 2026-12-24"],
    ["Pay rent 1 Jan", "Pay rent | 2027-01-01"],
    ["Pay rent in 3 weeks", "Pay rent | 2026-12-16"],
    ["Pay rent in 2 days at 9am", "Pay rent | 2026-11-27 | 09:00"],
    ["Pay rent +3d", "Pay rent | 2026-11-28"],
    ["Pay rent 2026-12-24", "Pay rent | 2026-12-24"],
    ["Pay rent 24/12/2026", "Pay rent | 2026-12-24"],
    ["Pay rent on 24/12", "Pay rent | 2026-12-24"],
    ["Pay rent 10.12.2026", "Pay rent | 2026-12-10"],
    ["Pay rent on the 5th", "Pay rent | 2026-12-05"],
    ["Pay rent end of month", "Pay rent | 2026-11-30"],
    // The same days as the due button's.
    ["Pay rent next week", "Pay rent | 2026-11-30"],
    ["Pay rent this weekend", "Pay rent | 2026-11-28"],
    ["Pay rent next month", "Pay rent | 2026-12-01"],
  ])("%s", (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  test("a region that writes the month first is understood so", () => {
    expect(brief("Pay rent 12/24/2026", { isMonthFirst: true })).toBe("Pay rent | 2026-12-24");
    expect(brief("Pay rent on 12/24", { isMonthFirst: true })).toBe("Pay rent | 2026-12-24");
  });
});

describe("days in German", () => {
  test.each([
    ["Miete zahlen morgen", "Miete zahlen | 2026-11-26"],
    ["Miete zahlen übermorgen", "Miete zahlen | 2026-11-27"],
    ["Miete fr 17 uhr", "Miete | 2026-11-27 | 17:00"],
    ["Miete in 3 Wochen", "Miete | 2026-12-16"],
    ["Miete in zwei Monaten", "Miete | 2027-01-25"],
    ["Miete am Freitag", "Miete | 2026-11-27"],
    ["Miete bis Freitag 9 Uhr", "Miete | 2026-11-27 | 09:00"],
    ["Miete bis zum 3.", "Miete | 2026-12-03"],
    ["Miete 24.12.", "Miete | 2026-12-24"],
    ["Miete am 24.12.2027", "Miete | 2027-12-24"],
    ["Miete 24. Dezember", "Miete | 2026-12-24"],
    ["Miete 1. Mai", "Miete | 2027-05-01"],
    ["Miete morgen früh", "Miete | 2026-11-26 | 09:00"],
    ["Miete heute Abend", "Miete | 2026-11-25 | 19:00"],
    ["Miete um 17 Uhr", "Miete | 2026-11-25 | 17:00"],
    ["Miete um 5", "Miete | 2026-11-26 | 05:00"],
    ["Miete nächste Woche", "Miete | 2026-11-30"],
    ["Miete am Wochenende", "Miete | 2026-11-28"],
    ["Miete tomorrow", "Miete | 2026-11-26"],
  ])("%s", (text, expected) => {
    expect(brief(text, { language: "de" })).toBe(expected);
  });

  test("is understood by an English page as well, where it can't be an English word", () => {
    expect(brief("Miete morgen")).toBe("Miete | 2026-11-26");
    expect(brief("Miete fr 17 uhr")).toBe("Miete | 2026-11-27 | 17:00");
    expect(brief("Ask what to do")).toBe("Ask what to do");
  });
});

describe("the next occurrence", () => {
  test.each([
    ["a time ahead is today", "Call 17:00", "Call | 2026-11-25 | 17:00"],
    ["a time gone by is tomorrow", "Call 9:00", "Call | 2026-11-26 | 09:00"],
    ["the very minute is tomorrow", "Call 12:00", "Call | 2026-11-26 | 12:00"],
    ["am and pm are kept", "Call 9pm", "Call | 2026-11-25 | 21:00"],
    ["a bare hour is the afternoon", "Call at 5", "Call | 2026-11-25 | 17:00"],
    ["a written zero is the morning", "Call at 05:00", "Call | 2026-11-26 | 05:00"],
    ["a weekday of today is today", "Call wed", "Call | 2026-11-25"],
    ["with a time ahead as well", "Call wed 17:00", "Call | 2026-11-25 | 17:00"],
    ["but not with a time gone by", "Call wed 9:00", "Call | 2026-12-02 | 09:00"],
    ["'next' is the week after", "Call next fri", "Call | 2026-12-04"],
    ["a day named before today is next year's", "Call 24 nov", "Call | 2027-11-24"],
    ["parts of a day are hours", "Call tomorrow evening", "Call | 2026-11-26 | 19:00"],
    ["so is tonight", "Call tonight", "Call | 2026-11-25 | 20:00"],
    ["noon needs an 'at'", "Call at noon", "Call | 2026-11-26 | 12:00"],
    ["day and time may stand apart", "Call tomorrow Bob 17:00", "Call Bob | 2026-11-26 | 17:00"],
    ["even around a mark", "Call tomorrow !low 17:00", "Call | 2026-11-26 | 17:00"],
    ["of two days the last counts", "Call about today on friday", "Call about today | 2026-11-27"],
  ])("%s", (_, text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  test.each([
    ["2026-01-31T12:00:00Z", "Pay in a month", "Pay | 2026-02-28"],
    ["2028-01-31T12:00:00Z", "Pay in a month", "Pay | 2028-02-29"],
    ["2026-01-31T12:00:00Z", "Pay in 2 months", "Pay | 2026-03-31"],
    ["2026-12-31T12:00:00Z", "Pay tomorrow", "Pay | 2027-01-01"],
    ["2026-12-31T12:00:00Z", "Pay next month", "Pay | 2027-01-01"],
    ["2026-11-30T12:00:00Z", "Pay on the 31st", "Pay | 2026-12-31"],
    ["2026-02-28T12:00:00Z", "Pay on the 30th", "Pay | 2026-03-30"],
    ["2026-11-29T12:00:00Z", "Pay next week", "Pay | 2026-11-30"],
    ["2026-11-29T12:00:00Z", "Pay this weekend", "Pay | 2026-11-29"],
    ["2026-11-29T12:00:00Z", "Pay monday", "Pay | 2026-11-30"],
  ])("at the end of months and weeks: on %s, %s", (at, text, expected) => {
    expect(brief(text, { at })).toBe(expected);
  });
});

describe("what only looks like a date stays", () => {
  test.each([
    "Call May",
    "Buy 2 apples",
    "Room 101",
    "Read 1984",
    "Version 2.10",
    "Sun cream",
    "Call the sat nav people",
    "Second opinion",
    "John 3:16",
    "Support 24/7",
    "1/2 cup of sugar",
    "5 minutes of silence",
    "Run for 2 hours",
    "Morning run",
    "Plan the weekend trip",
    "Do it now",
    "Watch yesterday",
    "Answer the mail of 2 days ago",
    "Review last friday",
    "Turn it to 25:00",
    "Party on 31 feb",
    "Holidays mon - wed",
    "Book for May 2027",
    "Improve today's list",
    "Lunch noon",
    "Order 10-12 eggs",
    "Fix tomorrowland",
    "Meet Monday.com",
    "Upgrade to 1.2.3",
    "See https://example.org/2026-12-24/#home",
    "Write to friday@example.org",
  ])("%s", (text) => {
    expect(read(text)).toMatchObject({ title: text, due: null, tokens: [] });
  });

  test.each([
    "Mach das so",
    "Do not disturb",
    "Guten Morgen sagen",
    "Spaziergang am Morgen",
    "Version 2.10",
    "Raum 101",
    "Mai anrufen",
    "Frühstück machen",
    "Bericht von gestern",
  ])("in German: %s", (text) => {
    expect(read(text, { language: "de" })).toMatchObject({ title: text, due: null });
  });
});

describe("the account's zone and not the browser's", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each(["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Paris"])(
    "in %s",
    (zone) => {
      vi.stubEnv("TZ", zone);
      const tokyo = { at: "2026-11-25T16:00:00Z", zone: "Asia/Tokyo" };
      expect(brief("Call today", tokyo)).toBe("Call | 2026-11-26");
      expect(brief("Call thu", tokyo)).toBe("Call | 2026-11-26");
      expect(brief("Call 17:00", tokyo)).toBe("Call | 2026-11-26 | 17:00");
      expect(brief("Call 0:30", tokyo)).toBe("Call | 2026-11-27 | 00:30");
      expect(brief("Call in 10 hours", tokyo)).toBe("Call | 2026-11-26 | 11:00");
    },
  );

  test.each(["UTC", "Europe/Paris", "America/New_York"])("where clocks change, in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    const before = { at: "2026-03-28T20:00:00Z", zone: "Europe/Paris" };
    expect(brief("Call tomorrow", before)).toBe("Call | 2026-03-29");
    expect(brief("Call tomorrow 02:30", before)).toBe("Call | 2026-03-29 | 02:30");
    // From 21:00 to 08:00 on the wall it is ten hours that night.
    expect(brief("Call in 10 hours", before)).toBe("Call | 2026-03-29 | 08:00");
    const autumn = { at: "2026-10-24T20:00:00Z", zone: "Europe/Paris" };
    expect(brief("Call in 10 hours", autumn)).toBe("Call | 2026-10-25 | 07:00");
    expect(brief("Call in 2 days", autumn)).toBe("Call | 2026-10-26");
    // A night without midnight.
    const cairo = { at: "2026-04-23T20:00:00Z", zone: "Africa/Cairo" };
    expect(brief("Call tomorrow", cairo)).toBe("Call | 2026-04-24");
  });
});

describe("marks", () => {
  test.each([
    ["!high", "high"],
    ["!Medium", "medium"],
    ["!low", "low"],
    ["!1", "high"],
    ["!2", "medium"],
    ["!3", "low"],
    ["!hoch", "high"],
    ["!mittel", "medium"],
    ["!niedrig", "low"],
  ])("%s", (mark, priority) => {
    expect(read(`Pay ${mark} rent`)).toMatchObject({ title: "Pay rent", priority });
  });

  test("of two priorities the last counts, and the first is words", () => {
    expect(read("Pay !low rent !high")).toMatchObject({ title: "Pay !low rent", priority: "high" });
  });

  test.each(["Hurry!", "Wow!high", "!4", "!important", "Really !?", "a!1"])(
    "no priority: %s",
    (text) => {
      expect(read(text)).toMatchObject({ title: text, priority: null });
    },
  );

  test("labels, also of several words, each once whatever its case", () => {
    expect(read('Paint #home #"two words" #Home, please')).toMatchObject({
      title: "Paint, please",
      labels: ["home", "two words"],
    });
    expect(read("Füttern #Küche #日本").labels).toEqual(["Küche", "日本"]);
  });

  test.each(["Fix issue #42", "Learn C#", "a#b", "#", `#${"x".repeat(41)}`])(
    "no label: %s",
    (text) => {
      expect(read(text)).toMatchObject({ title: text, labels: [] });
    },
  );
});

describe("what is meant literally", () => {
  test.each([
    ['Watch "Tomorrow never dies" !low', 'Watch "Tomorrow never dies"'],
    ["„Morgen“ lesen", "„Morgen“ lesen"],
    ["Trend \\#home on \\!high", "Trend #home on !high"],
    ["Open C:\\temp\\#home", "Open C:\\temp\\#home"],
  ])("%s", (text, title) => {
    expect(read(text)).toMatchObject({ title, due: null, labels: [] });
  });

  test("a stretch taken back to text is not read again, and the rest is", () => {
    const text = "Pay rent tomorrow !high";
    const reading = readTyped(text, [{ start: 9, end: 17 }], clockAt({}));
    expect(reading).toMatchObject({ title: "Pay rent tomorrow", due: null, priority: "high" });
  });

  test("nothing but marks leaves no title", () => {
    expect(read("tomorrow !high").title).toBe("");
  });

  test("a pasted novel is a title and not read", () => {
    const text = `tomorrow ${"x".repeat(2_000)}`;
    expect(read(text)).toMatchObject({ title: text, due: null });
  });
});
