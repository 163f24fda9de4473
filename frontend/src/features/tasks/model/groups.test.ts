import { describe, expect, test } from "vitest";
import { nowIn } from "@/shared/lib/plain-date";
import { makeTask } from "@/test/factories";
import { groupAll, groupOf, groupToday, isLate } from "./groups";

const TODAY = "2026-11-25"; // a Wednesday

describe("which heading a day stands under", () => {
  test.each([
    ["2026-11-24", "overdue"],
    ["2026-11-25", "today"],
    ["2026-11-26", "tomorrow"],
    ["2026-11-27", "this_week"],
    ["2026-11-29", "this_week"],
    ["2026-11-30", "later"],
    [null, "no_date"],
  ])("%s is %s", (due, group) => {
    expect(groupOf(due, TODAY)).toBe(group);
  });

  test("the same task moves with the owner's zone", () => {
    const instant = new Date("2026-11-25T22:30:00Z");
    expect(groupOf("2026-11-25", nowIn("UTC", instant).date)).toBe("today");
    expect(groupOf("2026-11-25", nowIn("Asia/Tokyo", instant).date)).toBe("overdue");
    expect(groupOf("2026-11-26", nowIn("Asia/Tokyo", instant).date)).toBe("today");
  });
});

describe("all tasks", () => {
  test("stand in the order of time, completed last, whatever their date", () => {
    const tasks = [
      makeTask({ due_date: null }),
      makeTask({
        due_date: "2026-11-01",
        status: "completed",
        completed_at: "2026-11-02T00:00:00Z",
      }),
      makeTask({ due_date: "2026-12-24" }),
      makeTask({ due_date: "2026-11-01" }),
      makeTask({ due_date: TODAY }),
    ];
    expect(groupAll(tasks, TODAY).map((group) => group.name)).toEqual([
      "overdue",
      "today",
      "later",
      "no_date",
      "completed",
    ]);
  });

  test("within a group the day, then the time, then the priority decide", () => {
    const tasks = [
      makeTask({ title: "low", due_date: TODAY, priority: "low" }),
      makeTask({ title: "late hour", due_date: TODAY, due_time: "17:00" }),
      makeTask({ title: "high", due_date: TODAY, priority: "high" }),
      makeTask({ title: "early hour", due_date: TODAY, due_time: "09:00" }),
    ];
    const [group] = groupAll(tasks, TODAY);
    expect(group?.tasks.map((task) => task.title)).toEqual([
      "early hour",
      "late hour",
      "high",
      "low",
    ]);
  });
});

describe("today", () => {
  const zone = "America/New_York";
  const dateOf = (instant: string) => nowIn(zone, new Date(instant)).date;
  const titles = (tasks: Parameters<typeof groupToday>[0]) =>
    groupToday(tasks, TODAY, dateOf).flatMap((group) =>
      group.tasks.map((task) => `${group.name}: ${task.title}`),
    );

  test("shows late, due and undated tasks and leaves the future out", () => {
    const tasks = [
      makeTask({ title: "a", due_date: "2026-11-20" }),
      makeTask({ title: "b", due_date: TODAY }),
      makeTask({ title: "c", due_date: "2026-11-26" }),
      makeTask({ title: "d" }),
    ];
    expect(titles(tasks)).toEqual(["overdue: a", "today: b", "no_date: d"]);
  });

  test("what was completed today, by the owner's clock, ends it; what was completed before is gone", () => {
    const done = (title: string, completed_at: string) =>
      makeTask({ title, status: "completed", completed_at, due_date: "2026-11-20" });
    const tasks = [
      done("evening before there", "2026-11-25T04:30:00Z"),
      done("late evening there", "2026-11-26T04:30:00Z"),
      makeTask({ title: "open", due_date: TODAY }),
    ];
    expect(titles(tasks)).toEqual(["today: open", "today: late evening there"]);
  });
});

describe("late", () => {
  const now = { date: TODAY, time: "12:00" };

  test.each([
    [{ due_date: "2026-11-24" }, true],
    [{ due_date: TODAY }, false],
    [{ due_date: TODAY, due_time: "11:59" }, true],
    [{ due_date: TODAY, due_time: "12:00" }, false],
    [{ due_date: "2026-11-26", due_time: "01:00" }, false],
    [{ due_date: "2026-11-24", status: "completed" as const }, false],
    [{ due_date: null }, false],
  ])("%j: %s", (parts, expected) => {
    expect(isLate(makeTask(parts), now)).toBe(expected);
  });
});
