import { describe, expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { bucketByDate, tasksOn } from "./by-date";
import { plusMonths, readMonth, weeksOf, writeMonth } from "./calendar";

const TODAY = "2026-11-25";
const params = (text: string) => new URLSearchParams(text);

describe("the weeks of a month", () => {
  test.each([
    ["2026-11", 1, "2026-10-26", "2026-12-06", 6],
    ["2026-11", 7, "2026-11-01", "2026-12-05", 5],
    ["2027-02", 1, "2027-02-01", "2027-02-28", 4],
    ["2028-02", 6, "2028-01-29", "2028-03-03", 5],
    ["2026-12", 1, "2026-11-30", "2027-01-03", 5],
  ] as const)("%s from day %i: %s to %s", (month, first, start, end, count) => {
    const weeks = weeksOf(month, first);
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual([start, end, count]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  test.each(["2026-03", "2026-10", "2018-11"])("no day of %s is lost or doubled", (month) => {
    const days = weeksOf(month, 1).flat();
    expect(new Set(days).size).toBe(days.length);
  });
});

test("months turn years over, and end where a task can't be due any more", () => {
  expect(plusMonths("2026-12", 1)).toBe("2027-01");
  expect(plusMonths("2026-01", -1)).toBe("2025-12");
  expect(plusMonths("2026-03", -15)).toBe("2024-12");
  expect(plusMonths("2200-12", 1)).toBe("2200-12");
  expect(plusMonths("1900-01", -1)).toBe("1900-01");
});

describe("the month in the address", () => {
  test.each([
    ["month=2027-02", "2027-02"],
    ["", "2026-11"],
    ["month=2027-13", "2026-11"],
    ["month=27-02", "2026-11"],
    ["month=9999-01", "2026-11"],
    ["month=<b>", "2026-11"],
  ])("%s is %s", (text, month) => {
    expect(readMonth(params(text), TODAY)).toBe(month);
  });

  test("the current one leaves no trace, and nothing else is lost", () => {
    expect(writeMonth(params("task=7"), "2027-02", TODAY).toString()).toBe("task=7&month=2027-02");
    expect(writeMonth(params("task=7&month=2027-02"), "2026-11", TODAY).toString()).toBe("task=7");
  });
});

describe("tasks by day", () => {
  test("a day has its own in order, and an undated task has no day", () => {
    const byDate = bucketByDate([
      makeTask({ title: "done", due_date: TODAY, status: "completed" }),
      makeTask({ title: "late", due_date: TODAY, due_time: "18:00" }),
      makeTask({ title: "early", due_date: TODAY, due_time: "08:00" }),
      makeTask({ title: "other", due_date: "2026-11-26" }),
      makeTask({ title: "never", due_date: null }),
    ]);
    expect(tasksOn(byDate, TODAY).map(({ title }) => title)).toEqual(["early", "late", "done"]);
    expect(tasksOn(byDate, "2026-11-24")).toEqual([]);
    expect(byDate.size).toBe(2);
  });
});
