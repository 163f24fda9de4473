/** Keys come after the first paint; `body` says whose work, to whoever presses them by program. */
export function markKeys(whose: "page" | "list"): () => void {
  document.body.classList.add(`keys-${whose}`);
  return () => document.body.classList.remove(`keys-${whose}`);
}
