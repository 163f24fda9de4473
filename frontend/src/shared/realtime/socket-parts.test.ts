import { expect, test } from "vitest";
import { backoffMs } from "./backoff";
import { parseFact } from "./facts";

test("waiting grows, stays below half a minute, and never falls in step", () => {
  const least = [0, 1, 2, 3].map((failures) => backoffMs(failures, () => 0));
  expect(least).toEqual([125, 250, 500, 1000]);
  expect(backoffMs(50, () => 1)).toBe(30_000);
  expect(backoffMs(4, () => 0)).not.toBe(backoffMs(4, () => 0.5));
});

test("a frame is a fact only when it is one we know", () => {
  expect(parseFact('{"type":"notification","id":9,"unread":2}')).toMatchObject({ unread: 2 });
  expect(parseFact('{"type":"from_the_future"}')).toBeNull();
  expect(parseFact("not json")).toBeNull();
  expect(parseFact("null")).toBeNull();
  expect(parseFact(new ArrayBuffer(2))).toBeNull();
});
