import { syncCursor } from "@/features/tasks/model/cursor";
import { askForFirstPage, COMPLETED, OPEN } from "@/features/tasks/model/first-page";
import { hasCopy } from "@/features/tasks/model/saved";
import { bootSession, sessionStore } from "@/shared/session/session";

const TASK_PAGES = ["/", "/tasks", "/board", "/upcoming", "/calendar"];

/**
 * Asks for what every page waits for, while its scripts are on their way: who is signed in,
 * where the change feed stands, and the first tasks. Whoever needs one of these finds it
 * asked for, or asks again.
 */
export function startAhead(): void {
  bootSession()
    .then(askForTasks)
    .catch(() => undefined);
}

async function askForTasks(): Promise<void> {
  // A kept copy has tasks, and a place in the feed of its own.
  if (sessionStore.get().status !== "active" || hasCopy()) return;
  await syncCursor();
  askForFirstPage(OPEN);
  if (TASK_PAGES.includes(location.pathname)) askForFirstPage(COMPLETED);
}
