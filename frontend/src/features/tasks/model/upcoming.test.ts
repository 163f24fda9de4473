import { expect, test } from "vitest";
import { nowIn } from "@/shared/lib/plain-date";
import { makeTask } from "@/test/factories";
import { nextDay, upcomingOf } from "./upcoming";

const TODAY = "2026-11-25";
const due = (due_date: string | null, parts = {}) => makeTask({ due_date, ...parts });

test("two weeks, today first, each task under its day", () => {
  const { days, open } = upcomingOf(
    [due("2026-11-25"), due("2026-12-08"), due("2026-12-09"), due(null)],
    TODAY,
  );
  expect(days).toHaveLength(14);
  expect(days[0]).toMatchObject({ date: TODAY, tasks: [{ due_date: TODAY }] });
  expect(days[13]).toMatchObject({ date: "2026-12-08", tasks: [{ due_date: "2026-12-08" }] });
  expect(open).toBe(2);
});

test("what was completed stays in its day, and is neither overdue nor counted", () => {
  const done = { status: "completed", completed_at: "2026-11-24T08:00:00Z" } as const;
  const { overdue, days, open } = upcomingOf(
    [due("2026-11-24", done), due("2026-11-26", done), due("2026-11-26"), due("2026-11-01")],
    TODAY,
  );
  expect(overdue.map((task) => task.due_date)).toEqual(["2026-11-01"]);
  expect(days[1]?.tasks.map(({ status }) => status)).toEqual(["pending", "completed"]);
  expect(open).toBe(1);
});

test.each([
  ["Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25"],
  ["America/Los_Angeles", "2026-03-08T09:30:00Z", "2026-03-08"],
  ["America/Santiago", "2026-09-06T03:30:00Z", "2026-09-05"],
  ["Pacific/Apia", "2026-12-31T11:00:00Z", "2027-01-01"],
])("days follow each other over a clock change in %s", (zone, instant, first) => {
  const { date } = nowIn(zone, new Date(instant));
  const days = upcomingOf([], date).days.map((day) => day.date);
  expect(days[0]).toBe(first);
  expect(new Set(days).size).toBe(14);
});

test.each([
  ["2026-11-26", 1, "2026-11-27"],
  ["2026-11-26", -1, "2026-11-25"],
  ["2026-11-25", -1, null],
  ["2026-12-08", 1, null],
  ["2026-11-01", 1, "2026-11-25"],
  ["2026-11-01", -1, null],
] as const)("from %s by %i comes %s", (from, step, to) => {
  expect(nextDay(from, step, TODAY)).toBe(to);
});
