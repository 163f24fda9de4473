import { syncCursor } from "@/features/tasks/model/cursor";
import { hasCopy } from "@/features/tasks/model/saved";
import { bootSession, sessionStore } from "@/shared/session/session";

/**
 * Asks for what every page waits for, while its scripts are on their way: who is signed in,
 * and then where the change feed stands. Whoever needs it finds it asked for, or asks again.
 */
export function startAhead(): void {
  bootSession()
    .then(followFeed)
    .catch(() => undefined);
}

async function followFeed(): Promise<void> {
  // A kept copy has a place in the feed of its own.
  if (sessionStore.get().status === "active" && !hasCopy()) await syncCursor();
}
