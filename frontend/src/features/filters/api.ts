import { get, patch, post, remove } from "@/shared/api/client";
import type { SavedFilter } from "@/shared/api/types";

/** What a person may write. */
export type FilterFields = Pick<SavedFilter, "name" | "query" | "grouping">;
export type FilterChanges = Partial<FilterFields & Pick<SavedFilter, "position">>;

export async function listFilters(): Promise<readonly SavedFilter[]> {
  return (await get<{ results: readonly SavedFilter[] }>("/api/filters/")).results;
}

export function createFilter(
  input: FilterFields & FilterChanges,
  key: string,
): Promise<SavedFilter> {
  return post<SavedFilter>("/api/filters/", input, key);
}

export function patchFilter(id: number, changes: FilterChanges): Promise<SavedFilter> {
  return patch<SavedFilter>(`/api/filters/${id}/`, changes);
}

export function deleteFilter(id: number): Promise<void> {
  return remove(`/api/filters/${id}/`);
}
