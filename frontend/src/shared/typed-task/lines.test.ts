import { expect, test } from "vitest";
import { linesOf } from "./lines";

test.each([
  ["lines", "Milk\nBread\r\nEggs\rJam", ["Milk", "Bread", "Eggs", "Jam"]],
  ["empty ones are none", "\n\n Milk \n\t\nBread\n", ["Milk", "Bread"]],
  [
    "a list's marks go",
    "- Milk\n* Bread\n1. Eggs\n  2) Jam\n• Tea",
    ["Milk", "Bread", "Eggs", "Jam", "Tea"],
  ],
  ["a checklist's boxes, too", "- [ ] Milk\n- [x] Bread", ["Milk", "Bread"]],
  [
    "numbers and dashes of words stay",
    "2 eggs\n-5 degrees\n3.5 l",
    ["2 eggs", "-5 degrees", "3.5 l"],
  ],
  ["one line is one", "Milk", ["Milk"]],
])("%s", (_, text, expected) => {
  expect(linesOf(text)).toEqual(expected);
});
