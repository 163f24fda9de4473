import { dueTokens } from "./due-tokens";
import { hide, hideLiterals, labelsOf, labelTokens, priorityToken } from "./marks";
import type { Clock, Reading, Span, TypedToken } from "./types";

/** Beyond this no one is typing a line any more. */
const READ_AT_MOST = 1_000;

/** What a typed line says. `literals` are stretches that were taken back to text. */
export function readTyped(text: string, literals: readonly Span[], clock: Clock): Reading {
  if (text.length > READ_AT_MOST) return plainReading(text);
  const legible = hideLiterals(hide(text, literals));
  const labels = labelTokens(legible);
  const priority = priorityToken(hide(legible, labels));
  const marks = priority ? [...labels, priority] : labels;
  const due = dueTokens(hide(legible, marks), clock);
  const tokens = [...marks, ...due].sort((a, b) => a.start - b.start);
  return {
    title: titleOf(text, tokens),
    due: dueOf(due),
    priority: priority?.kind === "priority" ? priority.priority : null,
    labels: labelsOf(tokens),
    tokens,
  };
}

export function plainReading(text: string): Reading {
  return { title: text.trim(), due: null, priority: null, labels: [], tokens: [] };
}

/** The words that are left, closed up, without the backslash of an escaped mark. */
function titleOf(text: string, tokens: readonly Span[]): string {
  let title = "";
  let from = 0;
  for (const { start, end } of tokens) {
    title = join(title, text.slice(from, start));
    from = end;
  }
  return join(title, text.slice(from))
    .replace(/(?<!\S)\\(?=[#!])/g, "")
    .trim();
}

/** Where something was taken out, one space stays, and none before a comma. */
function join(before: string, after: string): string {
  if (before === "") return after;
  if (/^\s*[,.;:!?]/.test(after)) return before.trimEnd() + after.trimStart();
  const isApart = /\s$/.test(before) || /^\s/.test(after);
  return before.trimEnd() + (isApart ? " " : "") + after.trimStart();
}

function dueOf(tokens: readonly TypedToken[]): Reading["due"] {
  const day = tokens.find((token) => token.kind === "due");
  const clock = tokens.find((token) => token.kind === "time");
  if (day?.kind !== "due") return null;
  const time = clock?.kind === "time" ? clock.time : day.time;
  return { due_date: day.date, due_time: time };
}
