import { readLocal, writeLocal } from "./local-storage";

const PREFIX = "tm.own.";

/** What this browser remembers for one person, until they sign out. */
export function readOwn<T>(userId: number, name: string): T | null {
  try {
    return JSON.parse(readLocal(keyOf(userId, name)) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Null takes the entry away. */
export function writeOwn(userId: number, name: string, value: unknown): void {
  writeLocal(keyOf(userId, name), value === null ? null : JSON.stringify(value));
}

function keyOf(userId: number, name: string): string {
  return `${PREFIX}${userId}.${name}`;
}

/** Whoever signs in next finds nothing of anybody. */
export function forgetOwn(): void {
  for (const key of ownKeys()) writeLocal(key, null);
}

function ownKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
