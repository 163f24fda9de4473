/** The task whose row, card or chip has the focus. */
export function focusedTask(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-row]");
  return row ? Number(row.dataset.row) : null;
}
