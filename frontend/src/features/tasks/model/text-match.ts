import type { Task } from "@/shared/api/types";

/** A stretch of a text, `end` not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What a person looks for: every word and every "quoted phrase" of it has to be there. */
export function termsOf(query: string): readonly string[] {
  const found = query.matchAll(/"([^"]*)"?|([^\s"]+)/g);
  const terms = [...found].map(([, phrase, word]) => fold(phrase ?? word ?? "").trim());
  return [...new Set(terms.filter(Boolean))];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is exactly these
const ASCII = /^[\x00-\x7f]*$/;
const MARKS = /\p{M}/gu;
/** Letters that no decomposition takes apart, as people type them on another keyboard. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ı: "i",
  þ: "th",
};
const SPELLED = new RegExp(`[${Object.keys(SPELLINGS).join("")}]`, "g");

/** Without case and accents: "Émile" and "emile" are the same word. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(SPELLED, (letter) => SPELLINGS[letter] ?? letter);
}

interface FoldedTask {
  readonly title: string;
  readonly description: string;
}

/** A task is never changed in place, so its folded text is as good as the task itself. */
const folded = new WeakMap<Task, FoldedTask>();

function foldedText(task: Task): FoldedTask {
  let text = folded.get(task);
  if (!text) {
    text = { title: fold(task.title), description: fold(task.description) };
    folded.set(task, text);
  }
  return text;
}

const LETTER = /[\p{L}\p{N}]/u;

function startsWord(text: string, at: number): boolean {
  return at === 0 || !LETTER.test(text[at - 1] ?? "");
}

/** Found where a word begins; in a title, where the eye sees it, also within. */
const BEGINS_TITLE = 8;
const BEGINS_WORD = 4;
const IN_TITLE = 2;
const IN_DESCRIPTION = 1;

/** How well a task fits, 0 where a term is missing. Higher is better. */
export function scoreOf(task: Task, terms: readonly string[]): number {
  const text = foldedText(task);
  let total = 0;
  for (const term of terms) {
    const score = scoreTerm(text, term);
    if (score === 0) return 0;
    total += score;
  }
  return total;
}

function scoreTerm({ title, description }: FoldedTask, term: string): number {
  const at = title.indexOf(term);
  if (at === 0) return BEGINS_TITLE;
  if (at > 0) return startsWord(title, at) ? BEGINS_WORD : IN_TITLE;
  return description.includes(term) ? IN_DESCRIPTION : 0;
}

/** Where the terms stand in a text, in order and without overlap. */
export function rangesOf(text: string, terms: readonly string[]): TextRange[] {
  const { flat, origin } = foldWithOrigin(text);
  const ranges = terms.flatMap((term) => occurrences(flat, term));
  const sorted = ranges.sort((a, b) => a.start - b.start || b.end - a.end);
  const inText = sorted.map(({ start, end }) => ({
    start: origin[start] ?? text.length,
    end: origin[end] ?? text.length,
  }));
  return inText.reduce<TextRange[]>(addRange, []);
}

function addRange(ranges: TextRange[], next: TextRange): TextRange[] {
  const last = ranges.at(-1);
  if (!last || next.start >= last.end) return [...ranges, next];
  return [...ranges.slice(0, -1), { start: last.start, end: Math.max(last.end, next.end) }];
}

function occurrences(text: string, term: string): TextRange[] {
  const found: TextRange[] = [];
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
    found.push({ start: at, end: at + term.length });
  }
  return found;
}

/** Folding changes lengths, so each folded letter remembers the one it came from. */
function foldWithOrigin(text: string): { flat: string; origin: number[] } {
  const origin: number[] = [];
  let flat = "";
  let at = 0;
  for (const letter of text) {
    const part = fold(letter);
    for (let i = 0; i < part.length; i += 1) origin.push(at);
    flat += part;
    at += letter.length;
  }
  origin.push(at);
  return { flat, origin };
}
