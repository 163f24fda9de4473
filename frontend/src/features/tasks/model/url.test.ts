import { describe, expect, test } from "vitest";
import { isFiltered, NO_FILTER, type TaskFilter } from "./filter";
import {
  type OpenPanel,
  queryOf,
  readArrangement,
  readFilter,
  readPanel,
  writeArrangement,
  writeFilter,
  writePanel,
} from "./url";

const params = (text: string) => new URLSearchParams(text);

describe("filters in the address", () => {
  test("come back as they were written, in one order", () => {
    const filter = { ...NO_FILTER, status: ["completed", "pending"], priority: ["low"] } as const;
    const written = writeFilter(params("task=7"), filter);
    expect(written.toString()).toBe("task=7&status=completed%2Cpending&priority=low");
    expect(readFilter(written)).toEqual({
      ...NO_FILTER,
      status: ["pending", "completed"],
      priority: ["low"],
    });
  });

  test("all of them survive a reload", () => {
    const filter: TaskFilter = {
      search: 'pay "the rent" & 100% #1',
      status: ["pending"],
      priority: ["high", "low"],
      label: ["home", "a, b", 'the "best"', "größer"],
      due: "week",
      due_after: "2026-01-31",
      due_before: "2026-02-28",
    };
    expect(readFilter(params(writeFilter(params(""), filter).toString()))).toEqual(filter);
    expect(isFiltered(filter)).toBe(true);
  });

  test("values may be repeated or stand behind each other, as the API takes them", () => {
    const read = readFilter(params('label=a&label=b,"c, d"&status=pending&status=completed'));
    expect(read.label).toEqual(["a", "b", "c, d"]);
    expect(read.status).toEqual(["pending", "completed"]);
  });

  test("what is no known value is left out, what is twice counts once", () => {
    const hostile = `status=done,pending,pending,&priority=urgent&due=soon&due_after=2026-02-30&due_before=x&label=,,${"l".repeat(41)},a,a`;
    expect(readFilter(params(hostile))).toEqual({
      ...NO_FILTER,
      status: ["pending"],
      label: ["a"],
    });
  });

  test("no filter leaves no trace", () => {
    const written = writeFilter(params("status=pending&label=a&search=x&task=7"), NO_FILTER);
    expect(written.toString()).toBe("task=7");
    expect(isFiltered(readFilter(written))).toBe(false);
  });
});

describe("grouping and sorting in the address", () => {
  test("come back as they were written", () => {
    const arrangement = { grouping: "label", ordering: "-updated_at" } as const;
    const written = writeArrangement(params("task=7"), arrangement);
    expect(written.toString()).toBe("task=7&grouping=label&ordering=-updated_at");
    expect(readArrangement(written)).toEqual(arrangement);
  });

  test("unknown ones are as if there were none, and the usual ones leave no trace", () => {
    const usual = readArrangement(params("grouping=moon&ordering=--title"));
    expect(usual).toEqual({ grouping: "due_date", ordering: "due_date" });
    expect(writeArrangement(params("grouping=none&ordering=title"), usual).toString()).toBe("");
  });
});

describe("a query to keep", () => {
  test("holds what the API knows, spelled the same whatever the address looked like", () => {
    const address = params("ordering=title&task=7&grouping=label&status=completed,pending");
    expect(queryOf(readFilter(address), readArrangement(address))).toBe(
      "status=pending%2Ccompleted&ordering=title",
    );
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
