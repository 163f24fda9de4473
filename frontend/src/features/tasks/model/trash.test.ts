import { expect, test } from "vitest";
import { daysLeft } from "./trash";

const deletedAt = "2026-11-01T12:00:00Z";

test.each([
  ["2026-11-01T12:00:00Z", 30],
  ["2026-11-01T12:00:01Z", 29],
  ["2026-11-30T13:00:00Z", 0],
  ["2026-12-24T00:00:00Z", 0],
])("at %s it can be taken back for %i days", (now, days) => {
  expect(daysLeft(deletedAt, Date.parse(now))).toBe(days);
});
