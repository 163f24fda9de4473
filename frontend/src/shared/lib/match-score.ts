/** Letters as people compare them: without case and accents. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * How well a folded text answers a folded query, 0 being not at all. Each word of the
 * query has to be found, in any order; at the start counts most, then at the start of
 * a word, then within one, and then letters that only stand in that order.
 */
export function matchScore(query: string, text: string): number {
  const words = query.split(/\s+/).filter(Boolean);
  const scores = words.map((word) => wordScore(word, text));
  if (scores.includes(0)) return 0;
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(words.length, 1);
}

/** Of two that match alike the shorter one is closer to what was typed. */
function wordScore(word: string, text: string): number {
  const closeness = word.length / Math.max(text.length, word.length);
  if (text.startsWith(word)) return 8 + closeness;
  const at = text.indexOf(word);
  if (at > 0 && isWordStart(text, word)) return 6 + closeness;
  if (at > 0) return 4 + closeness;
  return word.length > 2 && isSubsequence(word, text) ? 1 + closeness : 0;
}

function isWordStart(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}#]+/u).some((one) => one.startsWith(word));
}

function isSubsequence(word: string, text: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
