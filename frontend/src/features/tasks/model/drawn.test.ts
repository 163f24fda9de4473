import { expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { drawnOf } from "./drawn";

const tasks = [1, 2, 3, 4, 5].map((id) => makeTask({ id }));
const drawn = (kept: number | null) => drawnOf(tasks, 3, kept).map(({ id }) => id);

test("the first are drawn", () => {
  expect(drawn(null)).toEqual([1, 2, 3]);
  expect(drawn(3)).toEqual([1, 2, 3]);
  expect(drawn(9)).toEqual([1, 2, 3]);
});

test("one that must not vanish takes the last place", () => {
  expect(drawn(4)).toEqual([1, 2, 4]);
  expect(drawn(5)).toEqual([1, 2, 5]);
});
