import { expect, test } from "vitest";
import { commandIds, commands } from "./commands";
import { strokeOf } from "./keys";

const bindings = commandIds.flatMap((id) => commands[id].keys.map((keys) => ({ id, keys })));

test("no two commands share a binding, and none begins another", () => {
  const collisions = bindings.flatMap((one) =>
    bindings
      .filter((other) => other !== one && `${other.keys} `.startsWith(`${one.keys} `))
      .map((other) => `${one.id} (${one.keys}) and ${other.id} (${other.keys})`),
  );
  expect(collisions).toEqual([]);
});

test("every stroke is written the way a key press reads", () => {
  for (const stroke of bindings.flatMap(({ keys }) => keys.split(" "))) {
    const parts = stroke.split("+");
    const event = new KeyboardEvent("keydown", {
      key: parts.at(-1) ?? "",
      ctrlKey: parts.includes("Mod"),
      altKey: parts.includes("Alt"),
      shiftKey: parts.includes("Shift"),
    });
    expect(strokeOf(event)).toBe(stroke);
  }
});
