import { readArrangement, writeArrangement } from "@/features/tasks/model/url";
import type { SavedFilter } from "@/shared/api/types";
import { createStore } from "@/shared/lib/store";

/** Whether the list shown is a saved filter's: then that is where somebody is, not "All tasks". */
export const isAtFilterStore = createStore(false);

/** The list that a saved filter stands for. */
export function hrefOf({ query, grouping }: SavedFilter): string {
  const params = new URLSearchParams(query);
  const { ordering } = readArrangement(params);
  return `/tasks?${writeArrangement(params, { grouping, ordering })}`;
}
