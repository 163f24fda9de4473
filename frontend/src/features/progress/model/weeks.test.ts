import { expect, test } from "vitest";
import { bestDay, totalOf, weeksOf } from "./weeks";

const days = Array.from({ length: 15 }, (_, n) => ({
  date: `2026-11-${String(n + 1).padStart(2, "0")}`,
  count: n === 3 || n === 9 ? 2 : n % 2,
}));

test("weeks end today, and the first is what is left over", () => {
  const weeks = weeksOf(days);
  expect(weeks.map(({ date }) => date)).toEqual(["2026-11-01", "2026-11-02", "2026-11-09"]);
  expect(weeks.map((week) => week.days.length)).toEqual([1, 7, 7]);
  expect(weeks.reduce((sum, { total }) => sum + total, 0)).toBe(totalOf(days));
});

test("the best day is the latest of the best, and none where nothing was done", () => {
  expect(bestDay(days)?.date).toBe("2026-11-10");
  expect(bestDay(days.map((day) => ({ ...day, count: 0 })))).toBeNull();
});
