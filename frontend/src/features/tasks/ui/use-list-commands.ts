import { useEffect } from "react";
import { useCommand } from "@/shared/actions/registry";
import type { Task } from "@/shared/api/types";
import { tasksOf } from "../model/bulk-commands";
import { currentRow, focusIn, focusRow, rowPart } from "../model/rows";
import {
  clearSelection,
  extendTo,
  listOrder,
  selectAll,
  selectionStore,
  toggleSelected,
} from "../model/selection";
import { useTaskCommands } from "./use-task-commands";

const hasRows = () => listOrder().length > 0;
const hasCurrent = () => currentRow() !== null;

/** The keys of rows, cards and chips, whatever view they stand in. */
export function useRowCommands(openId: number | null): void {
  useCommand("list.next", () => focusRow(neighbour(1)), { isEnabled: hasRows });
  useCommand("list.previous", () => focusRow(neighbour(-1)), { isEnabled: hasRows });
  useCommand("list.open", () => withCurrent((id) => rowPart(id)?.click()), {
    isEnabled: hasCurrent,
  });
  useTaskCommands(() => targets(openId));
}

/** The keys of a list, where rows can be selected, too. */
export function useListCommands(openId: number | null): void {
  useRowCommands(openId);
  useCommand("list.extendNext", () => extend(1), { isEnabled: hasRows });
  useCommand("list.extendPrevious", () => extend(-1), { isEnabled: hasRows });
  useCommand("list.select", () => withCurrent(toggleSelected), { isEnabled: hasCurrent });
  useCommand("list.selectAll", selectAll, {
    isEnabled: () => focusIn(document.activeElement) !== null,
  });
  useCommand("list.clear", clearSelection, { isEnabled: hasSelection });
  // Another list, another selection.
  useEffect(() => clearSelection, []);
}

function hasSelection(): boolean {
  return selectionStore.get().ids.size > 0;
}

function withCurrent(run: (id: number) => void): void {
  const id = currentRow();
  if (id !== null) run(id);
}

/** The first row where none was current yet. */
function neighbour(step: 1 | -1): number {
  const order = listOrder();
  const current = currentRow();
  const at = current === null ? -1 : order.indexOf(current);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), order.length - 1);
  return order[next] ?? 0;
}

function extend(step: 1 | -1): void {
  const from = currentRow();
  const to = neighbour(step);
  extendTo(to, from ?? to);
  focusRow(to);
}

/** The selection, or the current row, or the task that is open beside the list. */
function targets(openId: number | null): Task[] {
  const { ids } = selectionStore.get();
  if (ids.size > 0) return tasksOf([...ids]);
  const isInPanel = document.activeElement?.closest("[data-panel]") != null;
  const id = isInPanel ? openId : (currentRow() ?? openId);
  return id === null ? [] : tasksOf([id]);
}
