import { expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { columnsOf, nextStatus, placeIn } from "./board";

const titles = (tasks: readonly { title: string }[]) => tasks.map(({ title }) => title);

test("a task stands in the column of its status, by date and priority, the completed by when", () => {
  const columns = columnsOf([
    makeTask({ title: "undated", due_date: null }),
    makeTask({ title: "low", due_date: "2026-11-25", priority: "low" }),
    makeTask({ title: "high", due_date: "2026-11-25", priority: "high" }),
    makeTask({ title: "started", status: "in_progress" }),
    makeTask({ title: "first", status: "completed", completed_at: "2026-11-01T08:00:00Z" }),
    makeTask({ title: "last", status: "completed", completed_at: "2026-11-02T08:00:00Z" }),
  ]);
  expect(columns.map(({ status, tasks }) => [status, titles(tasks)])).toEqual([
    ["pending", ["high", "low", "undated"]],
    ["in_progress", ["started"]],
    ["completed", ["last", "first"]],
  ]);
});

test("there are three columns even for nothing", () => {
  expect(columnsOf([]).map(({ tasks }) => tasks)).toEqual([[], [], []]);
});

test("the place that a card would take is where it then stands", () => {
  const dates = ["2026-11-20", "2026-11-24", "2026-11-28"];
  const [, started, completed] = columnsOf(
    dates.map((due_date) => makeTask({ due_date, status: "in_progress" })),
  );
  if (!started || !completed) throw new Error("Three columns.");
  const at = (due_date: string | null) => placeIn(started, makeTask({ due_date }));
  expect([at("2026-11-01"), at("2026-11-22"), at("2026-12-01"), at(null)]).toEqual([0, 1, 3, 3]);
  expect(placeIn(completed, makeTask())).toBe(0);
});

test("columns end on both sides", () => {
  expect(nextStatus("pending", -1)).toBeUndefined();
  expect(nextStatus("pending", 1)).toBe("in_progress");
  expect(nextStatus("completed", 1)).toBeUndefined();
});
