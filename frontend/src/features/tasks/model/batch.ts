import type { Task } from "@/shared/api/types";
import { idle } from "@/shared/lib/idle";
import { sessionGeneration } from "@/shared/session/session";
import { mergeTasks, readCache } from "./cache";

/** Shown at least this often, however slow the pages come. */
const LONGEST_WAIT_MS = 2_000;

export interface Batch {
  readonly add: (tasks: readonly Task[]) => Promise<void>;
  readonly flush: () => void;
}

/**
 * Collects pages and takes them in when as many wait as are known already: the work
 * of everybody who looks at all tasks then grows with their number, not its square.
 */
export function createBatch(): Batch {
  let waiting: Task[] = [];
  let lastFlush = Number.NEGATIVE_INFINITY;
  const generation = sessionGeneration();

  function flush(): void {
    lastFlush = performance.now();
    const tasks = waiting;
    waiting = [];
    // What the last user was sent is nothing for the next.
    if (generation === sessionGeneration()) mergeTasks(tasks);
  }

  function isDue(): boolean {
    if (performance.now() - lastFlush > LONGEST_WAIT_MS) return true;
    return waiting.length >= readCache().server.items.size;
  }

  return {
    flush,
    async add(tasks) {
      const isFirst = lastFlush === Number.NEGATIVE_INFINITY;
      waiting.push(...tasks);
      if (!isFirst && isDue()) await idle();
      if (isFirst || isDue()) flush();
    },
  };
}
