import { createStore } from "@/shared/lib/store";

export type PickerKind = "date" | "priority" | "labels";

export interface Picker {
  readonly kind: PickerKind;
  readonly ids: readonly number[];
}

/** What is being chosen, and for which tasks; shown beside the row or the selection. */
export const pickerStore = createStore<Picker | null>(null);

export function openPicker(kind: PickerKind, ids: readonly number[]): void {
  if (ids.length > 0) pickerStore.set({ kind, ids });
}
