import { describe, expect, test } from "vitest";
import { makeTask } from "@/test/factories";
import { excerptOf, fold, rangesOf, scoreOf, termsOf } from "./text-match";

test("words and quoted phrases are what is looked for, each once", () => {
  expect(termsOf('  Pay pay "the  Rent" "half')).toEqual(["pay", "the  rent", "half"]);
  expect(termsOf(' "" ')).toEqual([]);
});

test("case, accents and other keyboards make no difference", () => {
  expect(fold("ÉMILE Straße Łódź Ærø ﬁn")).toBe("emile strasse lodz aero fin");
  expect(fold("東京 Москва")).toBe("東京 москва");
});

describe("the score", () => {
  const score = (title: string, query: string, description = "") =>
    scoreOf(makeTask({ title, description }), termsOf(query));

  test("is nothing where a word is missing", () => {
    expect(score("Pay the rent", "pay bob")).toBe(0);
    expect(score("Pay the rent", "pay bob", "to Bob")).toBeGreaterThan(0);
  });

  test("is higher at the title's beginning, then at a word's, then within, then in the text", () => {
    const scores = [
      score("Rent", "rent"),
      score("Pay rent", "rent"),
      score("Parental", "rent"),
      score("Pay", "rent", "the rent"),
    ];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  test("scripts without spaces are found anywhere", () => {
    expect(score("明日東京へ行く", "東京")).toBeGreaterThan(0);
  });
});

describe("where it stands", () => {
  const marked = (text: string, query: string) =>
    rangesOf(text, termsOf(query)).map(({ start, end }) => text.slice(start, end));

  test("is the text as it is written, whatever was typed", () => {
    expect(marked("Émile eats an éclair", "e")).toEqual(["É", "e", "e", "é"]);
    expect(marked("Große Straße", "strasse")).toEqual(["Straße"]);
    expect(marked("e\u0301toile", "etoile")).toEqual(["e\u0301toile"]);
    expect(marked("😀 smile 😀", "smile")).toEqual(["smile"]);
  });

  test("does not overlap", () => {
    expect(marked("banana", "ana nan")).toEqual(["anan"]);
    expect(marked("rental rent", "rent rental")).toEqual(["rental", "rent"]);
    expect(marked("rent", "bob")).toEqual([]);
  });
});

describe("an excerpt", () => {
  const long = `${"filler ".repeat(40)}the **rent** of [March](https://example.org) ${"more ".repeat(60)}`;

  test("shows the words around the first one found, without Markdown's signs", () => {
    const excerpt = excerptOf(long, termsOf("rent"));
    expect(excerpt?.text).toMatch(/^… (filler )+the rent of March (more )+…$/);
    const [range] = excerpt?.ranges ?? [];
    expect(excerpt?.text.slice(range?.start, range?.end)).toBe("rent");
  });

  test("of a short text is all of it", () => {
    expect(excerptOf("- [ ] Pay *rent*", termsOf("rent"))?.text).toBe("Pay rent");
  });

  test("is none where no word is in it", () => {
    expect(excerptOf(long, termsOf("bob"))).toBeNull();
    expect(excerptOf("", termsOf("bob"))).toBeNull();
  });
});
