import { expect, test } from "vitest";
import { matches, shortcuts } from "./shortcuts";

test("no two commands share a key", () => {
  const keys = Object.values<readonly string[]>(shortcuts).flat();
  expect(new Set(keys).size).toBe(keys.length);
});

function press(target: Element, init: KeyboardEventInit): KeyboardEvent {
  document.body.append(target);
  const event = new KeyboardEvent("keydown", { bubbles: true, ...init });
  target.dispatchEvent(event);
  return event;
}

test("a key counts on the page, and not while typing, composing or with a modifier", () => {
  const page = document.createElement("div");
  expect(matches("quickAdd", press(page, { key: "q" }))).toBe(true);
  expect(matches("quickAdd", press(page, { key: "c" }))).toBe(true);
  expect(matches("quickAdd", press(page, { key: "x" }))).toBe(false);
  expect(matches("quickAdd", press(page, { key: "c", ctrlKey: true }))).toBe(false);
  expect(matches("quickAdd", press(page, { key: "q", isComposing: true }))).toBe(false);
  for (const name of ["input", "textarea", "select"]) {
    expect(matches("quickAdd", press(document.createElement(name), { key: "q" }))).toBe(false);
  }
});
