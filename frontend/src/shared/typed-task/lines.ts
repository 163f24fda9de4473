export const LINES_MAX = 100;
const BULLET = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]?\]\s+)?/;

/** Pasted lines as titles, without the marks of the list that they come from. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(BULLET, "").trim())
    .filter(Boolean);
}
