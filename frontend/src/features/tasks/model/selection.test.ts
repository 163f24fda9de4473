import { beforeEach, expect, test } from "vitest";
import {
  clearSelection,
  extendTo,
  selectAll,
  selectionStore,
  setOrder,
  toggleSelected,
} from "./selection";

const selected = () => [...selectionStore.get().ids];

beforeEach(() => {
  clearSelection();
  setOrder([-1, 10, 11, 12, 13]);
});

test("pressing toggles one", () => {
  toggleSelected(11);
  toggleSelected(13);
  toggleSelected(11);
  expect(selected()).toEqual([13]);
});

test("extending reaches from where it began, in both directions, and shrinks again", () => {
  toggleSelected(12);
  extendTo(13);
  expect(selected()).toEqual([12, 13]);
  extendTo(10);
  expect(selected()).toEqual([10, 11, 12]);
  extendTo(11);
  expect(selected()).toEqual([11, 12]);
});

test("extending with nothing selected begins at the current row", () => {
  extendTo(12, 11);
  expect(selected()).toEqual([11, 12]);
});

test("what leaves the list is no longer selected", () => {
  selectAll();
  expect(selected()).toEqual([10, 11, 12, 13]);
  setOrder([13, 11]);
  expect(selected().sort()).toEqual([11, 13]);
  setOrder([]);
  expect(selectionStore.get().anchor).toBeNull();
});
