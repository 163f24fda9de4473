import { updateFilter } from "@/features/filters/model/saved-filters";
import { queryOf, readArrangement, readFilter } from "@/features/tasks/model/url";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { SavedFilter } from "@/shared/api/types";

/** Saved filters by a label go on under its new name. */
export function relabelFilters(name: string, next: string): void {
  const filters = queryClient.getQueryData<readonly SavedFilter[]>(queryKeys.filters) ?? [];
  for (const filter of filters) {
    const params = new URLSearchParams(filter.query);
    const wanted = readFilter(params);
    if (!wanted.label.includes(name)) continue;
    const label = [...new Set(wanted.label.map((one) => (one === name ? next : one)))];
    const query = queryOf({ ...wanted, label }, readArrangement(params));
    updateFilter(filter, { query, grouping: filter.grouping });
  }
}
