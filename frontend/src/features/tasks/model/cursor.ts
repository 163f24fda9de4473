import { onForget } from "@/shared/session/session";
import { listChanges } from "../api";

let cursor: Promise<string> | null = null;

onForget(() => moveCursor(null));

/** Where the change feed stood before anything was loaded. */
export function syncCursor(): Promise<string> {
  cursor ??= listChanges("latest").then(({ cursor: latest }) => latest);
  const asked = cursor;
  asked.catch(() => {
    if (cursor === asked) cursor = null;
  });
  return asked;
}

/** Null before the first list: it takes the cursor itself, so there is nothing to catch up with. */
export function knownCursor(): Promise<string> | null {
  return cursor;
}

export function moveCursor(next: string | null): void {
  cursor = next === null ? null : Promise.resolve(next);
}
