import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useLayoutEffect, useMemo } from "react";
import { useLocation } from "react-router";
import { savedFiltersQuery, startFilterSync } from "@/features/filters/model/saved-filters";
import { SavedFilterList } from "@/features/filters/ui/saved-filter-list";
import { type TaskCache, viewTasks } from "@/features/tasks/model/cache";
import { matcherOf } from "@/features/tasks/model/filter";
import { queryOf, readArrangement, readFilter } from "@/features/tasks/model/url";
import { useTaskCache } from "@/features/tasks/model/use-tasks";
import type { SavedFilter } from "@/shared/api/types";
import type { PlainDate } from "@/shared/lib/plain-date";
import { useZonedNow } from "@/shared/lib/use-today";
import { hrefOf, isAtFilterStore } from "./filter-link";

interface SavedFilterNavProps {
  readonly onNavigate?: () => void;
}

/** The saved filters among the ways to look at tasks. */
export function SavedFilterNav({ onNavigate }: SavedFilterNavProps) {
  const filters = useQuery(savedFiltersQuery).data;
  const view = useView();
  // The list goes first: these numbers may follow a moment later.
  const cache = useDeferredValue(useTaskCache());
  const { date } = useZonedNow();
  useEffect(startFilterSync, []);
  const counts = useMemo(
    () => (filters ?? []).map((filter) => countOf(filter, cache, date)),
    [filters, cache, date],
  );
  const entries = (filters ?? []).map((filter, index) => ({
    filter,
    href: hrefOf(filter),
    isCurrent: view?.query === filter.query && view.grouping === filter.grouping,
    count: counts[index] ?? 0,
  }));
  const isAtFilter = entries.some(({ isCurrent }) => isCurrent);
  useLayoutEffect(() => {
    isAtFilterStore.set(isAtFilter);
    return () => isAtFilterStore.set(false);
  }, [isAtFilter]);
  return <SavedFilterList entries={entries} view={view} onNavigate={onNavigate} />;
}

function useView(): Pick<SavedFilter, "query" | "grouping"> | null {
  const { pathname, search } = useLocation();
  if (pathname !== "/tasks") return null;
  const params = new URLSearchParams(search);
  const arrangement = readArrangement(params);
  const query = queryOf(readFilter(params), arrangement);
  return query === "" ? null : { query, grouping: arrangement.grouping };
}

/** What is still to do, unless the filter asks for what is done. */
function countOf({ query }: SavedFilter, cache: TaskCache, today: PlainDate): number {
  const filter = readFilter(new URLSearchParams(query));
  const isDoneWanted = filter.status.includes("completed");
  const matches = matcherOf(filter, today);
  let count = 0;
  for (const task of viewTasks(cache)) {
    if ((isDoneWanted || task.status !== "completed") && matches(task)) count += 1;
  }
  return count;
}
