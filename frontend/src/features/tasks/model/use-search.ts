import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { cursorOf } from "@/shared/api/pages";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { onlineStore } from "@/shared/lib/online";
import type { PlainDate } from "@/shared/lib/plain-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { searchTasks } from "../api";
import { mergeTasks, type TaskCache, viewTask, viewTasks } from "./cache";
import { matcherOf, type TaskFilter } from "./filter";
import { scoreOf, termsOf } from "./text-match";
import { queryOf } from "./url";
import { useTaskCache } from "./use-tasks";

export interface SearchResults {
  readonly tasks: readonly Task[];
  readonly terms: readonly string[];
  /** Whether the server is being asked; what is known here is shown meanwhile. */
  readonly isSearching: boolean;
  readonly isOffline: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
}

/**
 * What is known here at once, completed by the server's full-text search. `typed` is
 * what stands in the field now, `asked.search` what the server was asked for.
 */
export function useSearch(typed: string, asked: TaskFilter): SearchResults {
  const isOnline = useStore(onlineStore);
  const cache = useTaskCache();
  const { date } = useZonedNow();
  const answer = useServerSearch(asked);
  const pages = answer.data?.pages;
  const terms = useMemo(() => termsOf(typed), [typed]);
  const tasks = useMemo(() => {
    const found = pages?.flatMap(({ ids }) => ids) ?? [];
    // An answer to something else than what stands in the field says nothing.
    const ids = typed.trim() === asked.search ? found : [];
    return terms.length === 0 ? [] : merged(cache, { ...asked, search: typed }, ids, date);
  }, [cache, asked, typed, terms, pages, date]);
  return {
    tasks,
    terms,
    isSearching: answer.isFetching,
    isOffline: !isOnline,
    error: isOnline ? answer.error : null,
    retry: () => void answer.refetch(),
    hasMore: answer.hasNextPage,
    loadMore: () => void answer.fetchNextPage(),
  };
}

/** A newer question aborts the one before it; the answers live in the cache of tasks. */
function useServerSearch(asked: TaskFilter) {
  const query = queryOf(asked, { ordering: "due_date" });
  return useInfiniteQuery({
    queryKey: queryKeys.tasks.search(query),
    enabled: termsOf(asked.search).length > 0,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const page = await searchTasks(query, pageParam, signal);
      mergeTasks(page.results);
      return { ids: page.results.map(({ id }) => id), next: cursorOf(page.next) };
    },
    getNextPageParam: (page) => page.next,
  });
}

/** Ours by how well they fit, then what only the server found, in its order. */
function merged(
  cache: TaskCache,
  filter: TaskFilter,
  foundIds: readonly number[],
  today: PlainDate,
): Task[] {
  const terms = termsOf(filter.search);
  const local = viewTasks(cache)
    .filter(matcherOf(filter, today))
    .map((task) => ({ task, score: scoreOf(task, terms) }))
    .sort((a, b) => b.score - a.score || byInterest(a.task, b.task))
    .map(({ task }) => task);
  const isKnown = new Set(local.map(({ id }) => id));
  const fits = matcherOf({ ...filter, search: "" }, today);
  const others = foundIds
    .filter((id) => !isKnown.has(id))
    .map((id) => viewTask(cache, id))
    .filter((task) => task !== undefined && fits(task));
  return [...local, ...(others as Task[])];
}

/** What is still to do before what is done, what was touched last before the rest. */
function byInterest(a: Task, b: Task): number {
  const done = Number(a.status === "completed") - Number(b.status === "completed");
  return done || (a.updated_at < b.updated_at ? 1 : -1);
}
