import { expect, test } from "vitest";
import { firstWeekday } from "./week";

test.each([
  ["en-US", 7],
  ["en-GB", 1],
  ["de-DE", 1],
  ["en-CA", 7],
  ["ar-EG", 6],
])("the week of %s starts on day %i", (tag, day) => {
  expect(firstWeekday(tag)).toBe(day);
});

test.each([
  ["en-US", 7],
  ["en-IE", 1],
])("where the browser does not tell, %s still starts on day %i", (tag, day) => {
  const told = Object.getOwnPropertyDescriptors(Intl.Locale.prototype);
  const silent = { configurable: true, value: undefined };
  Object.defineProperties(Intl.Locale.prototype, { weekInfo: silent, getWeekInfo: silent });
  expect(firstWeekday(tag)).toBe(day);
  Object.defineProperties(Intl.Locale.prototype, told);
});
