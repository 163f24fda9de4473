import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { TaskFilter } from "./filter";
import type { Arrangement } from "./groups";
import { queryOf, readArrangement, readFilter, writeArrangement, writeFilter } from "./url";

export interface ListControls {
  readonly filter: TaskFilter;
  readonly arrangement: Arrangement;
  /** The same in the list API's words. */
  readonly query: string;
  readonly setFilter: (filter: TaskFilter) => void;
  readonly setArrangement: (arrangement: Arrangement) => void;
}

/** What narrows and orders the list is part of the address: reload, Back and links reproduce it. */
export function useListControls(): ListControls {
  const [params, setParams] = useSearchParams();
  const read = { filter: readFilter(params), arrangement: readArrangement(params) };
  const query = queryOf(read.filter, read.arrangement);
  const key = `${query}|${read.arrangement.grouping}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening a task must not regroup the list
  const { filter, arrangement } = useMemo(() => read, [key]);
  const change = useCallback(
    (edit: (last: URLSearchParams) => URLSearchParams) =>
      setParams(edit, { replace: true, preventScrollReset: true }),
    [setParams],
  );
  return {
    filter,
    arrangement,
    query,
    setFilter: (next) => change((last) => writeFilter(last, next)),
    setArrangement: (next) => change((last) => writeArrangement(last, next)),
  };
}
