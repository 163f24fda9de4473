import { queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/shared/api/errors";
import { cursorOf } from "@/shared/api/pages";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { TaskStatus } from "@/shared/api/types";
import { getTask, listTasks } from "../api";
import { dropTask, mergeTasks } from "./cache";
import { syncCursor } from "./sync";

/** So many pages come by themselves; beyond that a person asks for more. */
const PAGES_AT_ONCE = 50;

export interface LoadState {
  /** Where to go on; null when everything is here. */
  readonly cursor: string | null;
}

const OPEN: readonly TaskStatus[] = ["pending", "in_progress"];
const COMPLETED: readonly TaskStatus[] = ["completed"];

async function loadPages(
  status: readonly TaskStatus[],
  from: string | null,
  onPage: (cursor: string | null) => void,
): Promise<LoadState> {
  let cursor = from;
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const answer = await listTasks(status, cursor);
    mergeTasks(answer.results);
    cursor = cursorOf(answer.next);
    onPage(cursor);
    if (cursor === null) break;
  }
  return { cursor };
}

/** The first page paints; the others follow while it is being read. */
function loadQuery(key: readonly string[], status: readonly TaskStatus[]) {
  return queryOptions<LoadState>({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      // First the cursor, then the pages: what changes in between is caught up with later.
      await syncCursor();
      return loadPages(status, null, (cursor) => queryClient.setQueryData(key, { cursor }));
    },
  });
}

export const openTasksQuery = loadQuery(queryKeys.tasks.open, OPEN);
export const completedTasksQuery = loadQuery(queryKeys.tasks.completed, COMPLETED);

export async function loadMore(which: "open" | "completed"): Promise<void> {
  const key = queryKeys.tasks[which];
  const from = queryClient.getQueryData<LoadState>(key)?.cursor;
  if (!from) return;
  const status = which === "open" ? OPEN : COMPLETED;
  queryClient.setQueryData(key, await loadPages(status, from, () => undefined));
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
