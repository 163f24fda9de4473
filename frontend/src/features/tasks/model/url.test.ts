import { describe, expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { type OpenPanel, passes, readFilter, readPanel, writeFilter, writePanel } from "./url";

const params = (text: string) => new URLSearchParams(text);

describe("filters in the address", () => {
  test("come back as they were written, in one order", () => {
    const filter = { status: ["completed", "pending"], priority: ["low"] } as const;
    const written = writeFilter(params("task=7"), filter);
    expect(written.toString()).toBe("task=7&status=completed%2Cpending&priority=low");
    expect(readFilter(written)).toEqual({ status: ["pending", "completed"], priority: ["low"] });
  });

  test("what is no known value is left out, what is twice counts once", () => {
    expect(readFilter(params("status=done,pending,pending,&priority=urgent"))).toEqual({
      status: ["pending"],
      priority: [],
    });
  });

  test("no filter leaves no trace", () => {
    const written = writeFilter(params("status=pending&task=7"), { status: [], priority: [] });
    expect(written.toString()).toBe("task=7");
  });

  test("both must fit, and an empty one fits everything", () => {
    const task = makeTask({ status: "pending", priority: "high" });
    expect(passes(task, { status: [], priority: [] })).toBe(true);
    expect(passes(task, { status: ["pending"], priority: ["high", "low"] })).toBe(true);
    expect(passes(task, { status: ["pending"], priority: ["low"] })).toBe(false);
    expect(passes(task, { status: ["completed"], priority: [] })).toBe(false);
  });
});

describe("the open panel in the address", () => {
  test.each<OpenPanel | null>([
    null,
    { kind: "new" },
    { kind: "new", due: "2026-11-27" },
    { kind: "task", id: 7, doing: "view" },
    { kind: "task", id: 7, doing: "edit" },
    { kind: "task", id: 7, doing: "delete" },
  ])("%j survives a reload", (panel) => {
    const written = writePanel(params("status=pending&task=3&do=edit"), panel);
    expect(readPanel(params(written.toString()))).toEqual(panel);
    expect(written.get("status")).toBe("pending");
  });

  test.each(["", "0", "-1", "1.5", "7x", "99999999999999999", "<script>"])(
    "%j opens nothing",
    (value) => {
      expect(readPanel(params(`task=${encodeURIComponent(value)}`))).toBeNull();
    },
  );

  test("a day that is none, or that nobody asked for, is left out", () => {
    expect(readPanel(params("task=new&on=2026-02-30"))).toEqual({ kind: "new" });
    const written = writePanel(params("task=new&on=2026-11-27"), null);
    expect(written.toString()).toBe("");
  });

  test("an unknown verb only shows the task", () => {
    expect(readPanel(params("task=7&do=explode"))).toEqual({ kind: "task", id: 7, doing: "view" });
  });
});
