import { createStore } from "@/shared/lib/store";
import { onForget } from "@/shared/session/session";
import { listChanges } from "../api";

/** Null before the first list: it takes the cursor itself, so there is nothing to catch up with. */
export const cursorStore = createStore<Promise<string> | null>(null);

onForget(() => moveCursor(null));

/** Where the change feed stood before anything was loaded. */
export function syncCursor(): Promise<string> {
  return cursorStore.get() ?? askForCursor();
}

function askForCursor(): Promise<string> {
  const asked = listChanges("latest").then(({ cursor }) => cursor);
  cursorStore.set(asked);
  asked.catch(() => {
    if (cursorStore.get() === asked) cursorStore.set(null);
  });
  return asked;
}

export function moveCursor(next: string | null): void {
  cursorStore.set(next === null ? null : Promise.resolve(next));
}
