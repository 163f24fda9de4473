import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { nowIn } from "@/shared/lib/plain-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { sessionStore } from "@/shared/session/session";
import { emptyCache, isLeaving, type TaskCache, viewTask, viewTasks } from "./cache";
import { countTasks, type TaskCounts } from "./counts";
import { matcherOf, type TaskFilter } from "./filter";
import { type Arrangement, groupTasks, groupToday, type TaskGroup } from "./groups";
import { countLabels } from "./label-counts";
import { completedTasksQuery, type LoadState, openTasksQuery } from "./load";

export type { TaskCounts };

export type ListView = "today" | "all";

export function useTaskCache(): TaskCache {
  return useQuery<TaskCache>({ queryKey: queryKeys.tasks.cache }).data ?? emptyCache;
}

export interface TaskList {
  readonly groups: readonly TaskGroup[];
  readonly state: "loading" | "error" | "first_use" | "empty" | "ready";
  readonly error: unknown;
  readonly hasMore: { readonly open: boolean; readonly completed: boolean };
  readonly retry: () => void;
}

export function useTaskList(
  view: ListView,
  filter: TaskFilter,
  arrangement: Arrangement,
): TaskList {
  const cache = useTaskCache();
  const open = useQuery(openTasksQuery);
  const completed = useQuery(completedTasksQuery);
  const groups = useGroups(view, filter, arrangement, cache);
  const failed = open.error ?? completed.error;
  return {
    groups,
    state: stateOf(),
    error: failed,
    hasMore: { open: isMore(open), completed: isMore(completed) },
    retry: () => void retryLoads(),
  };

  function stateOf(): TaskList["state"] {
    const isComing = !failed && (open.data === undefined || completed.data === undefined);
    // Both first pages together, so that late rows do not push the others down.
    if (isComing && cache.drafts.length === 0) return "loading";
    if (groups.length > 0) return "ready";
    if (failed) return "error";
    // Who finds nothing in the first pages may find it in the last.
    if (open.isFetching || completed.isFetching) return "loading";
    const isFirstUse = cache.server.items.size === 0;
    return isFirstUse ? "first_use" : "empty";
  }
}

/** More than comes by itself: while pages are on their way nobody has to ask. */
function isMore({ data, isFetching }: UseQueryResult<LoadState>): boolean {
  return !isFetching && (data?.cursor ?? null) !== null;
}

function retryLoads(): Promise<void> {
  return queryClient.refetchQueries({
    queryKey: ["tasks", "load"],
    predicate: (query) => query.state.status === "error",
  });
}

function useGroups(
  view: ListView,
  filter: TaskFilter,
  arrangement: Arrangement,
  cache: TaskCache,
): TaskGroup[] {
  const { date } = useZonedNow();
  const zone = useStore(sessionStore).user?.time_zone;
  return useMemo(() => {
    const tasks = viewTasks(cache).filter(matcherOf(filter, date));
    if (view === "all") return groupTasks(tasks, arrangement, date);
    const dateOf = (instant: string) => nowIn(zone, new Date(instant)).date;
    return groupToday(tasks, arrangement, date, dateOf);
  }, [cache, filter, arrangement, date, zone, view]);
}

/** For the navigation: what is due by today, and all that is open. */
export function useTaskCounts(): TaskCounts {
  const cache = useTaskCache();
  const { date } = useZonedNow();
  return countTasks(cache, date);
}

export interface TaskView {
  readonly task: Task | undefined;
  /** leaving: its deletion is on its way. gone: it is not among our tasks any more. */
  readonly absence: "unknown" | "leaving" | "gone";
}

export function useTask(id: number): TaskView {
  const cache = useTaskCache();
  const isGoing = isLeaving(cache.edits.filter((edit) => edit.taskId === id));
  const isGone = cache.server.gone.has(id);
  const absence = isGoing ? "leaving" : isGone ? "gone" : "unknown";
  return { task: viewTask(cache, id), absence };
}

/** How many tasks have each label, the most used first. */
export function useLabelCounts(): ReadonlyMap<string, number> {
  const { server } = useTaskCache();
  return useMemo(() => countLabels(server.items), [server]);
}

/** Label names in use, the most used first. */
export function useKnownLabels(): readonly string[] {
  const counts = useLabelCounts();
  return useMemo(() => [...counts.keys()], [counts]);
}
