import type { ListItem } from "mdast";
import { describe, expect, test } from "vitest";
import { checklistOf, toggleBox } from "./checklist";
import { boxOf, parseMarkdown, safeAddress, visit } from "./markdown";

const brief = (text: string) => {
  const list = checklistOf(text);
  return list && `${list.done}/${list.total}`;
};

/** The boxes as Markdown itself has them. */
function boxes(text: string): number[] {
  const found: number[] = [];
  visit(parseMarkdown(text), (node) => {
    const box = node.type === "listItem" ? boxOf(text, node as ListItem) : null;
    if (box !== null) found.push(box);
  });
  return found;
}

const CASES: readonly (readonly [string, string, string | null])[] = [
  ["none", "Just words [x] here", null],
  ["one of two", "- [x] a\n- [ ] b", "1/2"],
  ["every bullet, and numbers", "* [ ] a\n+ [X] b\n\n1. [ ] c\n2) [x] d", "2/4"],
  ["nested lists", "- [ ] a\n  - [x] b\n    - [ ] c\n- d\n  1. [x] e", "2/4"],
  ["deep nesting by tabs", "- [ ] a\n\t- [x] b\n\t\t- [x] c", "2/3"],
  ["CRLF", "- [x] a\r\n- [ ] b\r\n", "1/2"],
  ["in a quote", "> - [x] a\n> - [ ] b", "1/2"],
  ["after a paragraph", "Shopping:\n\n- [ ] milk", "0/1"],
  [
    "fenced code",
    "- [ ] a\n\n```\n- [x] b\n```\n\n~~~md\n- [ ] c\n```\n- [ ] d\n~~~\n- [x] e",
    "1/2",
  ],
  ["indented code", "Text\n\n    - [ ] a", null],
  ["not quite boxes", "- [] a\n- [y] b\n-[ ] c\n- [ ]d\n- \\[ ] e", null],
  ["an open fence", "```\n- [ ] a", null],
];

describe("counting", () => {
  test.each(CASES)("%s", (_, text, expected) => {
    expect(brief(text)).toBe(expected);
    expect(boxes(text)).toHaveLength(checklistOf(text)?.total ?? 0);
  });

  test("20,000 characters are counted, and quickly", () => {
    const text = "- [ ] a\n- [x] b\n".repeat(1_250);
    const start = performance.now();
    expect(brief(text)).toBe("1250/2500");
    expect(performance.now() - start).toBeLessThan(200);
    expect(brief(`${" ".repeat(10_000)}${"[".repeat(10_000)}]`)).toBeNull();
  });
});

describe("turning a box over", () => {
  test.each(CASES)("changes one letter and nothing else: %s", (_, text) => {
    for (const box of boxes(text)) {
      const turned = toggleBox(text, box);
      expect(turned.slice(0, box + 1) + turned.slice(box + 2)).toBe(
        text.slice(0, box + 1) + text.slice(box + 2),
      );
      expect(boxes(turned)).toEqual(boxes(text));
      expect(toggleBox(turned, box)).toBe(
        text.replaceAll("[X]", text[box + 1] === "X" ? "[x]" : "[X]"),
      );
    }
  });

  test("the second of equal items is the second", () => {
    const text = "- [ ] same\n- [ ] same";
    expect(toggleBox(text, boxes(text)[1] ?? 0)).toBe("- [ ] same\n- [x] same");
  });
});

test.each([
  ["https://example.org", true],
  ["HTTP://example.org/a", true],
  ["mailto:ada@example.org", true],
  ["javascript:alert(1)", false],
  [" javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["//example.org", false],
  ["/tasks", false],
])("an address is followed only to pages and mail: %s", (url, isSafe) => {
  expect(safeAddress(url) !== null).toBe(isSafe);
});
