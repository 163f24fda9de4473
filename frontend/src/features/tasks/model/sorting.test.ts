import { expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { type Ordering, sortTasks, turned } from "./sorting";

const tasks = [
  makeTask({ title: "Task 10", due_date: "2026-11-30", priority: "low", updated_at: "2026-03-01" }),
  makeTask({ title: "task 9", due_date: null, priority: "high", updated_at: "2026-01-01" }),
  makeTask({
    title: "Äpfel",
    due_date: "2026-11-25",
    priority: "medium",
    updated_at: "2026-02-01",
    due_time: "09:00",
  }),
  makeTask({ title: "Zebra", status: "completed", due_date: "2026-01-01", priority: "high" }),
];

test.each<[Ordering, string[]]>([
  ["due_date", ["Äpfel", "Task 10", "task 9", "Zebra"]],
  ["-due_date", ["Task 10", "Äpfel", "task 9", "Zebra"]],
  ["-priority", ["task 9", "Äpfel", "Task 10", "Zebra"]],
  ["priority", ["Task 10", "Äpfel", "task 9", "Zebra"]],
  ["-created_at", ["Äpfel", "task 9", "Task 10", "Zebra"]],
  ["created_at", ["Task 10", "task 9", "Äpfel", "Zebra"]],
  ["-updated_at", ["Task 10", "Äpfel", "task 9", "Zebra"]],
  ["updated_at", ["task 9", "Äpfel", "Task 10", "Zebra"]],
  ["title", ["Äpfel", "task 9", "Task 10", "Zebra"]],
  ["-title", ["Task 10", "task 9", "Äpfel", "Zebra"]],
])("%s, done last, without a date after those with one", (ordering, titles) => {
  expect(sortTasks(tasks, ordering).map(({ title }) => title)).toEqual(titles);
});

test("turning twice is no turn", () => {
  expect(turned("title")).toBe("-title");
  expect(turned(turned("-priority"))).toBe("-priority");
});

test("what is being added is the newest, and times and priorities decide within a day", () => {
  const day = { due_date: "2026-11-25" } as const;
  const titles = sortTasks(
    [
      makeTask({ ...day, title: "old" }),
      makeTask({ ...day, title: "new" }),
      makeTask({ ...day, title: "draft", id: -1 }),
      makeTask({ ...day, title: "next draft", id: -2 }),
      makeTask({ ...day, title: "high", priority: "high" }),
      makeTask({ ...day, title: "noon", due_time: "12:00" }),
      makeTask({ ...day, title: "nine", due_time: "09:00" }),
    ],
    "due_date",
  ).map(({ title }) => title);
  expect(titles).toEqual(["nine", "noon", "high", "next draft", "draft", "new", "old"]);
});
