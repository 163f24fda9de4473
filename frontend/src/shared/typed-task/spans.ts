import type { Span } from "./types";

/**
 * Where stretches of a text are after it was edited. A stretch keeps what is typed
 * inside it, and is gone with its last letter.
 */
export function moveSpans(spans: readonly Span[], before: string, after: string): Span[] {
  if (spans.length === 0) return [];
  const start = commonPrefix(before, after);
  const tail = commonSuffix(before, after, start);
  const oldEnd = before.length - tail;
  const shift = after.length - before.length;
  // Typed at either edge is typed beside the stretch.
  const place = (at: number, isEnd: boolean) => {
    if (at < start || (at === start && (isEnd || oldEnd > start))) return at;
    return at >= oldEnd ? at + shift : start;
  };
  const isReplaced = (span: Span) => oldEnd > start && start <= span.start && oldEnd >= span.end;
  return spans
    .filter((span) => !isReplaced(span))
    .map((span) => ({ start: place(span.start, false), end: place(span.end, true) }))
    .filter((span) => span.end > span.start);
}

function commonPrefix(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length += 1;
  return length;
}

function commonSuffix(one: string, other: string, from: number): number {
  const most = Math.min(one.length, other.length) - from;
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length])
    length += 1;
  return length;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
