import { expect, test } from "vitest";
import type { HistoryEntry } from "@/shared/api/types";
import { makeTask } from "@/test/factories";
import { changesBack, fieldChanges } from "./history";

function entry(parts: Partial<HistoryEntry>): HistoryEntry {
  return {
    revision: 1,
    verb: "updated",
    actor: null,
    version: 2,
    changes: {},
    reverted_to: null,
    occurred_at: "2026-01-01T00:00:00Z",
    ...parts,
  };
}

test("changes are told in one order, and fields without a name of theirs are not", () => {
  const changes = { description: ["", "x"], title: ["a", "b"], deleted_at: [null, "now"] } as const;
  expect(fieldChanges(entry({ changes })).map(({ field }) => field)).toEqual([
    "title",
    "description",
  ]);
});

test("a new task's empty fields are no news", () => {
  const changes = { title: [null, "a"], labels: [null, []], due_date: [null, null] } as const;
  const told = fieldChanges(entry({ verb: "created", changes }));
  expect(told.map(({ field }) => field)).toEqual(["title"]);
});

test.each([
  ["a title goes back", "title", "Old", { title: "Old" }],
  ["what is so already does not", "title", "Now", null],
  ["no day means no time", "due_date", null, { due_date: null, due_time: null }],
  ["a time needs a day", "due_time", "10:00", { due_time: "10:00" }],
] as const)("%s", (_, field, before, expected) => {
  const task = makeTask({ title: "Now", due_date: "2026-01-02", due_time: "09:00" });
  expect(changesBack({ field, before, after: null }, task)).toEqual(expected);
});

test("a time does not come back to a task without a day", () => {
  expect(changesBack({ field: "due_time", before: "10:00", after: null }, makeTask())).toBeNull();
});
