const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * "Full jitter": any time up to an exponentially growing bound, so that a thousand
 * browsers do not come back in the same second after a restart.
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return bound / 4 + random() * bound * 0.75;
}
