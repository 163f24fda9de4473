import { describe, expect, test } from "vitest";
import { formatDay, formatDueShort } from "./format-date";
import { daysBetween, endOfWeek, isPlainDate, nowIn, plusDays, startOfWeek } from "./plain-date";

describe("the day in a zone", () => {
  const instant = new Date("2026-03-29T23:30:00Z");

  test.each([
    ["UTC", "2026-03-29", "23:30"],
    ["Europe/Paris", "2026-03-30", "01:30"],
    ["America/Los_Angeles", "2026-03-29", "16:30"],
    ["Pacific/Kiritimati", "2026-03-30", "13:30"],
    ["Asia/Kathmandu", "2026-03-30", "05:15"],
  ])("%s", (zone, date, time) => {
    expect(nowIn(zone, instant)).toEqual({ date, time });
  });

  test("midnight is 00 and not 24", () => {
    expect(nowIn("UTC", new Date("2026-01-01T00:05:00Z")).time).toBe("00:05");
  });

  test("an unknown zone falls back to the browser's instead of breaking the page", () => {
    expect(nowIn("Mars/Olympus", instant)).toEqual(nowIn(undefined, instant));
  });
});

describe("arithmetic", () => {
  test("crosses months, years, leap days and clock changes by whole days", () => {
    expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(plusDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(plusDays("2026-03-28", 2)).toBe("2026-03-30");
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  });

  test.each([
    ["2026-11-23", 1, "2026-11-23", "2026-11-29"],
    ["2026-11-29", 1, "2026-11-23", "2026-11-29"],
    ["2026-11-29", 7, "2026-11-29", "2026-12-05"],
    ["2026-11-28", 7, "2026-11-22", "2026-11-28"],
    ["2027-01-01", 6, "2026-12-26", "2027-01-01"],
  ] as const)("the week of %s that starts on day %i is %s to %s", (date, first, start, end) => {
    expect(startOfWeek(date, first)).toBe(start);
    expect(endOfWeek(date, first)).toBe(end);
  });
});

describe("words", () => {
  const today = "2026-11-22";

  test.each([
    ["2026-11-21", "Yesterday"],
    ["2026-11-22", "Today"],
    ["2026-11-23", "Tomorrow"],
    ["2026-11-19", "Thu 19 Nov"],
    ["2026-12-14", "14 Dec"],
    ["2028-03-04", "4 Mar 2028"],
  ])("%s reads %s", (date, words) => {
    expect(formatDay(date, today)).toBe(words);
  });

  test("today a time says it all", () => {
    expect(formatDueShort(today, "17:00", today)).toBe("17:00");
    expect(formatDueShort("2026-11-23", "17:00", today)).toBe("Tomorrow");
  });
});

test.each([
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2026-13-01", false],
  ["2026-1-1", false],
  ["1899-12-31", false],
  ["2201-01-01", false],
  ["2026-11-25T10:00", false],
  ["tomorrow", false],
])("%s as a date to be due on: %s", (text, is) => {
  expect(isPlainDate(text)).toBe(is);
});
