import type { TaskPriority } from "@/shared/api/types";
import type { Span, TypedToken } from "./types";

const LABEL_MAX = 40;
const LABELS_MAX = 20;
/** Stands for what must not be read; no word, no space, in nobody's title. */
const HIDDEN = "\uE000";

const PRIORITIES: Readonly<Record<string, TaskPriority>> = {
  high: "high",
  medium: "medium",
  low: "low",
  hoch: "high",
  mittel: "medium",
  niedrig: "low",
  "1": "high",
  "2": "medium",
  "3": "low",
};

const PRIORITY = /(?<!\S)!([a-z]+|[123])(?!\S)/gi;
const LABEL = /(?<!\S)#(?:"([^"]+)"|([^\s#"]+))/g;
const PUNCTUATION = /[.,;:!?)]+$/;
/** Quoted words and addresses mean themselves, and so does a mark behind a backslash. */
const LITERAL = /(?<![\w#])"[^"]+"|“[^”]+”|„[^“”]+[“”]|https?:\/\/\S+|\S+@\S+|(?<!\S)\\[#!]\S*/g;

export function hide(text: string, spans: readonly Span[]): string {
  let hidden = text;
  for (const { start, end } of spans)
    hidden = hidden.slice(0, start) + HIDDEN.repeat(end - start) + hidden.slice(end);
  return hidden;
}

export function hideLiterals(text: string): string {
  return text.replace(LITERAL, (literal) => HIDDEN.repeat(literal.length));
}

/** The last one counts, and the others are words. */
export function priorityToken(text: string): TypedToken | null {
  const found = [...text.matchAll(PRIORITY)].flatMap((match) => {
    const priority = PRIORITIES[match[1]?.toLowerCase() ?? ""];
    return priority ? [{ ...spanOf(match), kind: "priority", priority } as const] : [];
  });
  return found.at(-1) ?? null;
}

export function labelTokens(text: string): TypedToken[] {
  const found = [...text.matchAll(LABEL)].flatMap((match) => {
    const label = (match[1] ?? match[2]?.replace(PUNCTUATION, "") ?? "").trim();
    const { start } = spanOf(match);
    const end = start + (match[1] ? match[0].length : label.length + 1);
    return isLabel(label) ? [{ start, end, kind: "label", label } as const] : [];
  });
  return found.slice(0, LABELS_MAX);
}

/** "#42" is the number of something. */
function isLabel(name: string): boolean {
  return (
    name.length > 0 && name.length <= LABEL_MAX && !/^\d+$/.test(name) && !name.includes(HIDDEN)
  );
}

/** Unique whatever their case, as the server has it; the first spelling stays. */
export function labelsOf(tokens: readonly TypedToken[]): string[] {
  const labels = new Map<string, string>();
  for (const token of tokens)
    if (token.kind === "label" && !labels.has(token.label.toLowerCase()))
      labels.set(token.label.toLowerCase(), token.label);
  return [...labels.values()];
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
