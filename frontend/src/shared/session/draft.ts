import { onForget, sessionStore } from "./session";

const PREFIX = "tm.draft.";

/** What is half typed on a page of this tab outlives a reload, which a new version may ask for. */
export function readDraft<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Null when nothing is left to keep. */
export function keepDraft(name: string, draft: unknown): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
  } catch {
    // Without storage a reload forgets, as it always did.
  }
}

// A tab that is opened again may find somebody else signed in.
function keyOf(name: string): string {
  return `${PREFIX}${sessionStore.get().user?.id}.${location.pathname}.${name}`;
}

onForget(() => {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  } catch {
    // There is nothing where nothing can be kept.
  }
});
