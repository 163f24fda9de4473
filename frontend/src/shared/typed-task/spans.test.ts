import { expect, test } from "vitest";
import { moveSpans } from "./spans";

const literal = "tomorrow";

/** Where the word was marked in `before`, what is marked in `after`. */
function marked(before: string, after: string): string[] {
  const start = before.indexOf(literal);
  const spans = [{ start, end: start + literal.length }];
  return moveSpans(spans, before, after).map((span) => after.slice(span.start, span.end));
}

test.each([
  ["typed behind it", "pay tomorrow", "pay tomorrow x", ["tomorrow"]],
  ["typed right at its end", "pay tomorrow", "pay tomorrows", ["tomorrow"]],
  ["typed before it", "pay tomorrow", "please pay tomorrow", ["tomorrow"]],
  ["typed right at its start", "pay tomorrow", "pay xtomorrow", ["tomorrow"]],
  ["typed inside it", "pay tomorrow", "pay tomorxrow", ["tomorxrow"]],
  ["its last letter deleted", "pay tomorrow", "pay tomorro", ["tomorro"]],
  ["deleted with what is around it", "pay tomorrow now", "pay now", []],
  ["everything replaced", "pay tomorrow", "x", []],
  ["nothing changed", "pay tomorrow", "pay tomorrow", ["tomorrow"]],
])("%s", (_, before, after, expected) => {
  expect(marked(before, after)).toEqual(expected);
});
