import { readLocal, writeLocal } from "@/shared/lib/local-storage";

/**
 * What the tabs of one browser share. Nothing here is secret: a counter and a
 * yes or no. Private windows may refuse storage; then each tab is on its own,
 * and remembers for itself, so that a log-out still reaches the server.
 */
const memory = new Map<string, string | null>();

function read(key: string): string | null {
  return readLocal(key) ?? memory.get(key) ?? null;
}

function write(key: string, value: string | null): void {
  writeLocal(key, value);
  if (readLocal(key) === value) memory.delete(key);
  else memory.set(key, value);
}

const EPOCH = "tm.epoch";
const MAYBE = "tm.session";
const LEAVING = "tm.leaving";
const REFRESHED_AT = "tm.refreshed_at";

/** Raised by every log-out; an answer asked for under an older one is void. */
export function readEpoch(): number {
  return Number(read(EPOCH) ?? 0);
}

export function raiseEpoch(): number {
  const next = readEpoch() + 1;
  write(EPOCH, String(next));
  return next;
}

/** Raised in another tab, which can't write it down for this one where storage is refused. */
export function noteEpoch(raised: number): void {
  if (raised > readEpoch()) write(EPOCH, String(raised));
}

export function isEpochKey(key: string | null): boolean {
  return key === EPOCH;
}

/** A visitor who never signed in must not cost a 401 on every page view. */
export function maySessionExist(): boolean {
  return read(MAYBE) === "1";
}

export function rememberSession(exists: boolean): void {
  write(MAYBE, exists ? "1" : null);
}

/** A log-out that the server has not heard of yet; it is told at the next start. */
export function isLeaving(): boolean {
  return read(LEAVING) === "1";
}

export function rememberLeaving(isPending: boolean): void {
  write(LEAVING, isPending ? "1" : null);
}

export function lastRefreshAt(): number {
  return Number(read(REFRESHED_AT) ?? 0);
}

export function noteRefresh(): void {
  write(REFRESHED_AT, String(Date.now()));
}
