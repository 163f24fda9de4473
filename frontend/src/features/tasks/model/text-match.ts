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
  const inText = (at: number) => (origin ? (origin[at] ?? text.length) : at);
  return sorted
    .map(({ start, end }) => ({ start: inText(start), end: inText(end) }))
    .reduce<TextRange[]>(addRange, []);
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

interface Folded {
  readonly flat: string;
  /** Where each folded letter stands in the text; the same place where it is not said. */
  readonly origin: readonly number[] | null;
}

/** Folding changes lengths, so each folded letter remembers the one it came from. */
function foldWithOrigin(text: string): Folded {
  if (ASCII.test(text)) return { flat: fold(text), origin: null };
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

export interface Excerpt {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

const BEFORE = 48;
const EXCERPT_LENGTH = 180;

/** The part of a description around the first term in it, or null where none is. */
export function excerptOf(description: string, terms: readonly string[]): Excerpt | null {
  const text = plainText(description);
  const first = rangesOf(text, terms)[0];
  if (!first) return null;
  const from = first.start <= BEFORE ? 0 : text.indexOf(" ", first.start - BEFORE) + 1;
  const start = Math.min(from, first.start);
  const part = text.slice(start, start + EXCERPT_LENGTH).trimEnd();
  const excerpt = `${start > 0 ? "… " : ""}${part}${start + part.length < text.length ? " …" : ""}`;
  return { text: excerpt, ranges: rangesOf(excerpt, terms) };
}

/** Without the signs that Markdown is written with. */
function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:[-*+] \[[ xX]\]|[-*+>]|#{1,6})\s+/gm, "")
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
