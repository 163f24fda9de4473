import { readOwn } from "@/shared/lib/own-storage";
import { onForget, sessionStore } from "@/shared/session/session";
import type { LoadState } from "./load";

/** How far the lists had come when they were last kept. */
export interface SavedLoads {
  readonly open?: LoadState | undefined;
  readonly completed?: LoadState | undefined;
}

/** Says that there is a copy to look for. Nobody waits for a storage that has nothing. */
export const COPY_NAME = "copy";
/** A browser whose storage hangs must not keep anybody from their tasks. */
const PATIENCE_MS = 1_500;

let restoring: Promise<SavedLoads> | null = null;
let taken = new Set<keyof SavedLoads>();

onForget(() => {
  restoring = null;
  taken = new Set();
  // Not only of this tab's memory: of the disk as well.
  void wipeStale();
});

/** What this browser kept of the list, once: whoever asks again wants the server's word. */
export async function takeSaved(which: keyof SavedLoads): Promise<LoadState | undefined> {
  if (taken.has(which)) return undefined;
  taken.add(which);
  if (!hasCopy()) return undefined;
  restoring ??= restoreInTime();
  return (await restoring)[which];
}

export function hasCopy(): boolean {
  const { user } = sessionStore.get();
  return user !== null && readOwn(user.id, COPY_NAME) === true;
}

async function restoreInTime(): Promise<SavedLoads> {
  let isWanted = true;
  const late = new Promise<SavedLoads>((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
  const saved = await Promise.race([restore(() => isWanted), late]);
  isWanted = false;
  return saved;
}

async function restore(isWanted: () => boolean): Promise<SavedLoads> {
  try {
    const { restoreCopy } = await import("./copy");
    return await restoreCopy(isWanted);
  } catch {
    return {};
  }
}

async function wipeStale(): Promise<void> {
  // Refused storage holds nothing.
  await import("@/shared/persistence/database").then((db) => db.wipeStale()).catch(() => undefined);
}
