export interface Checklist {
  readonly done: number;
  readonly total: number;
}

const FENCE = /^[\s>]*(`{3,}|~{3,})(.*)$/;
const MARKER = "(?:[-*+]|\\d{1,9}[.)])[ \\t]+";
const ITEM = new RegExp(`^([\\s>]*)${MARKER}`);
const TASK = new RegExp(`^[\\s>]*(?:${MARKER})+\\[([ \\txX])\\][ \\t]+\\S`);
const CODE_INDENT = 4;
const KEPT_AT_MOST = 2_000;

const known = new Map<string, Checklist | null>();

/**
 * How many of a description's `- [ ]` items are done; null where it has none. Lists ask
 * for every row, so it reads lines and loads no Markdown; code is left out.
 */
export function checklistOf(description: string): Checklist | null {
  if (!description.includes("]")) return null;
  const cached = known.get(description);
  if (cached !== undefined) return cached;
  if (known.size >= KEPT_AT_MOST) known.clear();
  const counted = countItems(description);
  known.set(description, counted);
  return counted;
}

function countItems(description: string): Checklist | null {
  let total = 0;
  let done = 0;
  let fence = "";
  let isInList = false;
  for (const line of description.split(/\r\n|\n|\r/)) {
    const [, marks = "", info = ""] = FENCE.exec(line) ?? [];
    if (fence) {
      if (marks.startsWith(fence) && info.trim() === "") fence = "";
      continue;
    }
    if (marks && !(marks[0] === "`" && info.includes("`"))) {
      fence = marks;
      continue;
    }
    const indent = /^[ \t]*/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0;
    if (indent < CODE_INDENT && line.trim() !== "")
      isInList = ITEM.test(line) || (isInList && indent > 0);
    const mark = indent < CODE_INDENT || isInList ? TASK.exec(line)?.[1] : undefined;
    if (mark === undefined) continue;
    total += 1;
    if (mark.toLowerCase() === "x") done += 1;
  }
  return total === 0 ? null : { done, total };
}

/** The text with the box at this place turned over, and every other byte as it was. */
export function toggleBox(text: string, bracket: number): string {
  const isDone = text[bracket + 1]?.toLowerCase() === "x";
  return `${text.slice(0, bracket + 1)}${isDone ? " " : "x"}${text.slice(bracket + 2)}`;
}
