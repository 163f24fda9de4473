import { expect, test } from "vitest";
import { fold, matchScore } from "./match-score";

const best = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: matchScore(fold(query), fold(text)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

test("the start counts most, then the start of a word, then anywhere", () => {
  expect(best("rent", "Current plan", "Pay rent", "Rent a van")).toEqual([
    "Rent a van",
    "Pay rent",
    "Current plan",
  ]);
});

test("every word has to be there, in any order", () => {
  expect(best("rent pay", "Pay rent", "Pay the gas")).toEqual(["Pay rent"]);
});

test("case and accents make no difference", () => {
  expect(best("cafe", "Café au lait")).toEqual(["Café au lait"]);
  expect(best("ÜBER", "uber den wolken")).toEqual(["uber den wolken"]);
});

test("letters in order are found last, and two letters are too few for that", () => {
  expect(best("gtb", "Go to the board", "GTB meeting")).toEqual(["GTB meeting", "Go to the board"]);
  expect(best("gb", "Go to the board")).toEqual([]);
});
