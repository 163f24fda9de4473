import { afterEach, expect, test, vi } from "vitest";
import { isSingleKey, keyCaps, strokeOf } from "./keys";

afterEach(() => vi.restoreAllMocks());

const stroke = (key: string, init: KeyboardEventInit = {}) =>
  strokeOf(new KeyboardEvent("keydown", { key, ...init }));

test("a stroke is written as bindings are", () => {
  expect(stroke("j")).toBe("j");
  expect(stroke("J", { shiftKey: true })).toBe("Shift+J");
  expect(stroke("k", { ctrlKey: true })).toBe("Mod+K");
  expect(stroke("ArrowUp", { altKey: true })).toBe("Alt+ArrowUp");
  expect(stroke("Shift", { shiftKey: true })).toBeNull();
});

test("on a Mac ⌘ is what Ctrl is elsewhere, and Ctrl is something else", async () => {
  vi.spyOn(navigator, "platform", "get").mockReturnValue("MacIntel");
  vi.resetModules();
  const mac = await import("./keys");
  const press = (init: KeyboardEventInit) => mac.strokeOf(new KeyboardEvent("keydown", init));
  expect(press({ key: "k", metaKey: true })).toBe("Mod+K");
  expect(press({ key: "k", ctrlKey: true })).toBe("Other+K");
  expect(mac.keyCaps("Mod+K")).toEqual(["⌘K"]);
  expect(mac.keyCaps("Alt+ArrowUp")).toEqual(["⌥↑"]);
  expect(stroke("k", { metaKey: true })).toBe("Other+K");
});

test("caps lock is no Shift, and a sign is itself however the keyboard writes it", () => {
  expect(stroke("J")).toBe("j");
  expect(stroke("#", { shiftKey: true })).toBe("#");
  expect(stroke("#", { altKey: true })).toBe("#");
  expect(stroke("#", { altKey: true, ctrlKey: true })).toBe("#");
  expect(stroke("?", { shiftKey: true })).toBe("?");
});

test("on a keyboard of other letters the place of the key counts", () => {
  expect(stroke("о", { code: "KeyJ" })).toBe("j");
  expect(stroke("л", { code: "KeyK", ctrlKey: true })).toBe("Mod+K");
  expect(stroke("z", { code: "KeyY" })).toBe("z");
});

test("key caps read as the keyboard does", () => {
  expect(keyCaps("g b")).toEqual(["G", "B"]);
  expect(keyCaps("Mod+K")).toEqual(["Ctrl+K"]);
  expect(keyCaps("Shift+J")).toEqual(["⇧J"]);
  expect(keyCaps("Alt+ArrowUp")).toEqual(["Alt+↑"]);
});

test("single keys are those that write a character", () => {
  expect(["e", "#", "g b", "Shift+J"].every(isSingleKey)).toBe(true);
  expect(["Mod+K", "Escape", "Enter", "ArrowUp"].some(isSingleKey)).toBe(false);
});
