interface LabelMarkProps {
  readonly name: string;
}

const HUES = 8;
/** Chosen so that a few common names (home, work, admin, errand) differ. */
const SEED = 1959;
const PRIME = 0x45d9f3b;

/** The same name has the same hue everywhere, whatever its case. */
function hueOf(name: string): number {
  let hash = SEED;
  for (const letter of name.toLowerCase()) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), PRIME);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}

export function LabelMark({ name }: LabelMarkProps) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <svg viewBox="0 0 8 8" aria-hidden="true" className="size-[7px] shrink-0">
        <rect width="8" height="8" rx="2.2" fill={`var(--hue-${hueOf(name)})`} />
      </svg>
      <span className="truncate">{name}</span>
    </span>
  );
}
