import { describe, expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { matcherOf, NO_FILTER, type TaskFilter } from "./filter";

const TODAY = "2026-11-25"; // a Wednesday

const passes = (task: Parameters<typeof makeTask>[0], filter: Partial<TaskFilter>) =>
  matcherOf({ ...NO_FILTER, ...filter }, TODAY)(makeTask(task));

test("a task has to pass every filter, and any value of each", () => {
  const task = { status: "pending", priority: "high", labels: ["home", "garden"] } as const;
  expect(passes(task, {})).toBe(true);
  expect(passes(task, { status: ["pending"], priority: ["high", "low"] })).toBe(true);
  expect(passes(task, { status: ["pending"], priority: ["low"] })).toBe(false);
  expect(passes(task, { label: ["garden", "work"] })).toBe(true);
  expect(passes(task, { label: ["Garden"] })).toBe(false);
  expect(passes(task, { label: ["home"], status: ["completed"] })).toBe(false);
});

describe("by the owner's calendar", () => {
  test.each([
    ["overdue", ["2026-11-24"], ["2026-11-25", null]],
    ["today", ["2026-11-25"], ["2026-11-24", "2026-11-26", null]],
    ["week", ["2026-11-23", "2026-11-25", "2026-11-29"], ["2026-11-22", "2026-11-30", null]],
    ["none", [null], ["2026-11-25"]],
  ] as const)("%s", (due, fitting, others) => {
    for (const due_date of fitting) expect(passes({ due_date }, { due })).toBe(true);
    for (const due_date of others) expect(passes({ due_date }, { due })).toBe(false);
  });

  test("what is done is not overdue", () => {
    expect(passes({ due_date: "2026-11-24", status: "completed" }, { due: "overdue" })).toBe(false);
  });

  test("from a day to a day, both included, and never without a date", () => {
    const range = { due_after: "2026-11-01", due_before: "2026-11-30" };
    expect(passes({ due_date: "2026-11-01" }, range)).toBe(true);
    expect(passes({ due_date: "2026-11-30" }, range)).toBe(true);
    expect(passes({ due_date: "2026-10-31" }, range)).toBe(false);
    expect(passes({ due_date: "2026-12-01" }, range)).toBe(false);
    expect(passes({ due_date: null }, { due_after: "2026-11-01" })).toBe(false);
    expect(passes({ due_date: null }, { due_before: "2026-11-01" })).toBe(false);
  });
});

test("by words in title and description", () => {
  const task = { title: "Pay the rent", description: "to **Émile**" };
  expect(passes(task, { search: "rent emile" })).toBe(true);
  expect(passes(task, { search: "rent bob" })).toBe(false);
});
