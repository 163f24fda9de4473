import { describe, expect, test } from "vitest";
import { dropItem, emptyCollection, isNews, mergeItems } from "./merge";

const item = (id: number, version: number, text = `v${version}`) => ({ id, version, text });
const empty = emptyCollection<ReturnType<typeof item>>();

function textOf(collection: typeof empty, id: number): string | undefined {
  return collection.items.get(id)?.text;
}

describe("merging", () => {
  test("answers in any order end as the newest version", () => {
    const orders = [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1],
      [1, 3, 2],
    ];
    for (const order of orders) {
      const end = order.reduce((all, version) => mergeItems(all, [item(7, version)]), empty);
      expect(textOf(end, 7)).toBe("v3");
    }
  });

  test("the same answer twice changes nothing, not even the reference", () => {
    const once = mergeItems(empty, [item(7, 2)]);
    expect(mergeItems(once, [item(7, 2, "other words")])).toBe(once);
    expect(mergeItems(once, [item(7, 1)])).toBe(once);
  });

  test("a page that was slow on its way does not bring back what left", () => {
    const gone = dropItem(mergeItems(empty, [item(7, 2)]), 7, 3);
    expect(mergeItems(gone, [item(7, 2)])).toBe(gone);
    expect(textOf(gone, 7)).toBeUndefined();
  });

  test("a restored one comes back, its version being newer", () => {
    const gone = dropItem(mergeItems(empty, [item(7, 2)]), 7, 3);
    expect(textOf(mergeItems(gone, [item(7, 4)]), 7)).toBe("v4");
  });

  test("what left at an unknown version comes back only by a fresh answer", () => {
    const gone = dropItem(mergeItems(empty, [item(7, 2)]), 7);
    expect(mergeItems(gone, [item(7, 9)])).toBe(gone);
    expect(textOf(mergeItems(gone, [item(7, 9)], true), 7)).toBe("v9");
  });

  test("a leaving older than what is known is ignored", () => {
    const known = mergeItems(empty, [item(7, 5)]);
    expect(dropItem(known, 7, 4)).toBe(known);
  });
});

describe("facts", () => {
  const known = mergeItems(empty, [item(7, 3)]);

  test.each([
    [7, 2, false],
    [7, 3, false],
    [7, 4, true],
    [8, 1, true],
  ])("about %i at version %i: news is %s", (id, version, expected) => {
    expect(isNews(known, id, version)).toBe(expected);
  });

  test("about something that left at that version or later are no news", () => {
    const gone = dropItem(known, 7, 4);
    expect(isNews(gone, 7, 4)).toBe(false);
    expect(isNews(gone, 7, 5)).toBe(true);
  });

  test("about something that left at an unknown version are looked into", () => {
    expect(isNews(dropItem(known, 7), 7, 4)).toBe(true);
  });
});
