import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { createStore } from "@/shared/lib/store";

export interface Selection {
  readonly ids: ReadonlySet<number>;
  /** Where extending began. */
  readonly anchor: number | null;
}

const NONE: Selection = { ids: new Set(), anchor: null };

/** Which tasks of the list on the screen are selected. */
export const selectionStore = createStore<Selection>(NONE);

/** The tasks of that list from top to bottom. Drafts are no tasks yet. */
let order: readonly number[] = [];

/** What has left the list is no longer selected: nobody changes what they can't see. */
export function setOrder(next: readonly number[]): void {
  order = next.filter((id) => id > 0);
  const { ids, anchor } = selectionStore.get();
  if (ids.size === 0) return;
  const kept = new Set(order.filter((id) => ids.has(id)));
  if (kept.size < ids.size) selectionStore.set(kept.size > 0 ? { ids: kept, anchor } : NONE);
}

export function listOrder(): readonly number[] {
  return order;
}

export function clearSelection(): void {
  if (selectionStore.get() !== NONE) select(NONE);
}

export function selectAll(): void {
  select({ ids: new Set(order), anchor: order[0] ?? null });
}

export function toggleSelected(id: number): void {
  const ids = new Set(selectionStore.get().ids);
  if (!ids.delete(id)) ids.add(id);
  select({ ids, anchor: id });
}

/** Everything between where selecting began and this one. */
export function extendTo(id: number, from: number = id): void {
  const { anchor } = selectionStore.get();
  const start = anchor !== null && order.includes(anchor) ? anchor : from;
  const [first, last] = [order.indexOf(start), order.indexOf(id)].sort((a, b) => a - b);
  if (first === undefined || last === undefined || first < 0) return;
  select({ ids: new Set(order.slice(first, last + 1)), anchor: start });
}

function select(next: Selection): void {
  selectionStore.set(next.ids.size > 0 ? next : NONE);
  announce(messages.selection.count(next.ids.size));
}
