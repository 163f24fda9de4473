import type { TextRange } from "../model/text-match";

interface MarkedTextProps {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

/** A text with what was looked for marked in it. */
export function MarkedText({ text, ranges }: MarkedTextProps) {
  const starts = [0, ...ranges.map(({ end }) => end)];
  return starts.map((from, index) => {
    const range = ranges[index];
    return (
      <span key={from}>
        {text.slice(from, range?.start)}
        {range && <mark>{text.slice(range.start, range.end)}</mark>}
      </span>
    );
  });
}
