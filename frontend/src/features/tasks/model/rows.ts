import { listOrder } from "./selection";

/** The parts of a row that take the focus. */
export type RowPart = "link" | "ring" | "menu" | "check";

export interface RowFocus {
  readonly id: number;
  readonly part: RowPart;
}

/** A long list draws only what is near; it brings a row near when asked. */
const revealers = new Set<(id: number) => void>();
/** The row that had the focus last, in this list. */
let last: number | null = null;

/** How many frames a revealed row may take to be drawn. */
const FRAMES = 20;

export function onReveal(reveal: (id: number) => void): () => void {
  revealers.add(reveal);
  return () => revealers.delete(reveal);
}

export function focusIn(element: Element | null): RowFocus | null {
  const row = element?.closest<HTMLElement>("[data-row]");
  if (!row) return null;
  const part = element?.closest<HTMLElement>("[data-part]")?.dataset.part as RowPart | undefined;
  return { id: Number(row.dataset.row), part: part ?? "link" };
}

export function rememberRow(id: number): void {
  last = id;
}

/** A task that a layer shows once more is meant there. */
export function rowPart(id: number, part: RowPart = "link"): HTMLElement | null {
  const found = `[data-row="${id}"] [data-part="${part}"]`;
  return (
    document.querySelector<HTMLElement>(`[data-layer] ${found}`) ??
    document.querySelector<HTMLElement>(found)
  );
}

/** The rows that are drawn there, from top to bottom. */
export function rowsIn(area: Element | null): number[] {
  const rows = [...(area?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  return rows.map(({ dataset }) => Number(dataset.row));
}

/** The row that keys are about: the focused one, or else the last that was. */
export function currentRow(): number | null {
  const focused = focusIn(document.activeElement);
  if (focused) return focused.id;
  return last !== null && listOrder().includes(last) ? last : null;
}

export function focusRow(id: number): void {
  if (focusPart(id)) return;
  for (const reveal of revealers) reveal(id);
  const retry = (left: number) => {
    if (left > 0 && !focusPart(id)) requestAnimationFrame(() => retry(left - 1));
  };
  requestAnimationFrame(() => retry(FRAMES));
}

export function focusPart(id: number, part: RowPart = "link"): boolean {
  const element = rowPart(id, part) ?? rowPart(id);
  element?.focus({ preventScroll: true });
  element?.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
  return element !== null;
}
