import { queryOptions } from "@tanstack/react-query";
import { ApiError, isStatus, SignedOutError } from "@/shared/api/errors";
import { cursorOf } from "@/shared/api/pages";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import { getTask, type Listing, listTasks } from "../api";
import { createBatch } from "./batch";
import { dropTask, mergeTasks } from "./cache";
import { syncCursor } from "./cursor";
import { COMPLETED, firstPage, OPEN } from "./first-page";
import { type SavedLoads, takeSaved } from "./saved";

/** So many pages come by themselves; beyond that a person asks for more. */
const PAGES_AT_ONCE = 200;

export interface LoadState {
  /** Where to go on; null when everything is here. */
  readonly cursor: string | null;
}

async function loadPages(key: readonly string[], listing: Listing): Promise<LoadState> {
  const known = queryClient.getQueryData<LoadState>(key)?.cursor ?? null;
  try {
    return await loadFrom(known, key, listing);
  } catch (error) {
    // Kept by another version, which read the list from another end.
    if (known !== null && isStatus(error, 400)) return loadFrom(null, key, listing);
    throw error;
  }
}

/**
 * One page after the other. The first one shows at once; the rest comes in ever
 * larger batches, so that what watches the tasks regroups a few times, not per page.
 */
async function loadFrom(
  start: string | null,
  key: readonly string[],
  listing: Listing,
): Promise<LoadState> {
  const batch = createBatch();
  let cursor = start;
  try {
    for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
      const answer = await (cursor === null ? firstPage(listing) : listTasks(listing, cursor));
      cursor = cursorOf(answer.next);
      await batch.add(answer.results);
      if (cursor === null) break;
      if (page === 0) queryClient.setQueryData(key, { cursor });
    }
  } catch (error) {
    // Whoever tries again goes on from here; whoever signed in meanwhile begins.
    if (cursor !== null && !(error instanceof SignedOutError))
      queryClient.setQueryData(key, { cursor });
    throw error;
  } finally {
    batch.flush();
  }
  return { cursor };
}

function loadQuery(which: keyof SavedLoads, listing: Listing) {
  const key = queryKeys.tasks[which];
  return queryOptions<LoadState>({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // What was kept from last time needs no network.
    networkMode: "always",
    queryFn: async () => {
      const saved = await takeSaved(which);
      if (saved?.cursor === null) return saved;
      if (saved) queryClient.setQueryData(key, saved);
      // First the cursor, then the pages: what changes in between is caught up with later.
      await syncCursor();
      return loadPages(key, listing);
    },
  });
}

export const openTasksQuery = loadQuery("open", OPEN);
export const completedTasksQuery = loadQuery("completed", COMPLETED);

export async function loadMore(which: "open" | "completed"): Promise<void> {
  await queryClient.fetchQuery({
    ...(which === "open" ? openTasksQuery : completedTasksQuery),
    staleTime: 0,
  });
}

/** Makes sure that one task is known. Rejects with 404 when it is not ours or not there. */
export function taskQuery(id: number) {
  return queryOptions({
    queryKey: queryKeys.tasks.one(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => fetchTask(id),
  });
}

/** Asks the server for one task and takes in whatever it answers. */
export async function fetchTask(id: number): Promise<true> {
  try {
    mergeTasks([await getTask(id)], true);
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) dropTask(id);
    throw error;
  }
  return true;
}
