import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { readFilter, type TaskFilter, writeFilter } from "./url";

export function useFilter(): readonly [TaskFilter, (filter: TaskFilter) => void] {
  const [params, setParams] = useSearchParams();
  const key = `${params.get("status")}|${params.get("priority")}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening a task must not regroup the list
  const filter = useMemo(() => readFilter(params), [key]);
  const set = (next: TaskFilter) =>
    setParams((last) => writeFilter(last, next), { replace: true, preventScrollReset: true });
  return [filter, set];
}
