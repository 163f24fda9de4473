const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** How many whole days a deleted task can still be taken back. */
export function daysLeft(deletedAt: string, now: number): number {
  const goneAt = new Date(deletedAt).getTime() + KEPT_DAYS * DAY_MS;
  return Math.max(0, Math.floor((goneAt - now) / DAY_MS));
}
