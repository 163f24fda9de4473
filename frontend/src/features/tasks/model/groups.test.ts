import { describe, expect, test } from "vitest";
import { nowIn } from "@/shared/lib/plain-date";
import { makeTask } from "@/test/factories";
import { type Arrangement, groupOf, groupTasks, groupToday, isLate } from "./groups";

const TODAY = "2026-11-25"; // a Wednesday
const byTime: Arrangement = { grouping: "due_date", ordering: "due_date" };

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
    expect(groupTasks(tasks, byTime, TODAY).map((group) => group.name)).toEqual([
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
    const [group] = groupTasks(tasks, byTime, TODAY);
    expect(group?.tasks.map((task) => task.title)).toEqual([
      "early hour",
      "late hour",
      "high",
      "low",
    ]);
  });
});

describe("headings", () => {
  const headings = (tasks: Parameters<typeof groupTasks>[0], grouping: Arrangement["grouping"]) =>
    groupTasks(tasks, { grouping, ordering: "due_date" }, TODAY).map(
      ({ label, tasks: those }) => `${label}: ${those.map(({ title }) => title).join(" ")}`,
    );
  const tasks = [
    makeTask({ title: "a", status: "in_progress", priority: "low", labels: ["work", "admin"] }),
    makeTask({ title: "b", priority: "high", labels: ["Admin"] }),
    makeTask({ title: "c", priority: "high" }),
    makeTask({ title: "d", status: "completed", labels: ["completed"] }),
    makeTask({ title: "e", labels: ["completed"] }),
  ];

  test("by status what is being done stands first", () => {
    expect(headings(tasks, "status")).toEqual(["In progress: a", "Pending: c b e", "Completed: d"]);
  });

  test("by priority the highest stands first", () => {
    expect(headings(tasks, "priority")).toEqual([
      "High: c b",
      "Medium: e",
      "Low: a",
      "Completed: d",
    ]);
  });

  test("by label each task stands once, under its first, and a label may be called anything", () => {
    expect(headings(tasks, "label")).toEqual([
      "Admin: b",
      "completed: e",
      "work: a",
      "No label: c",
      "Completed: d",
    ]);
  });

  test("none is one list", () => {
    expect(headings(tasks, "none")).toEqual(["Tasks: c b e a", "Completed: d"]);
  });

  test("no name of a group breaks an element's id", () => {
    const [group] = groupTasks(
      [makeTask({ labels: ["to do: a&b"] })],
      { grouping: "label", ordering: "due_date" },
      TODAY,
    );
    expect(group?.name).toMatch(/^\S+$/);
  });
});

describe("today", () => {
  const zone = "America/New_York";
  const dateOf = (instant: string) => nowIn(zone, new Date(instant)).date;
  const titles = (tasks: Parameters<typeof groupToday>[0]) =>
    groupToday(tasks, byTime, TODAY, dateOf).flatMap((group) =>
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

  test("by another grouping it shows the same tasks", () => {
    const tasks = [
      makeTask({ title: "a", due_date: TODAY, status: "in_progress" }),
      makeTask({ title: "b", due_date: "2026-11-26" }),
      makeTask({
        title: "c",
        status: "completed",
        completed_at: "2026-11-25T12:00:00Z",
        due_date: null,
      }),
    ];
    const groups = groupToday(tasks, { ...byTime, grouping: "status" }, TODAY, dateOf);
    expect(groups.map(({ name }) => name)).toEqual(["in_progress", "completed"]);
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
