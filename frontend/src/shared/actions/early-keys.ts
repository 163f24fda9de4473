/** More than this nobody presses blindly, and replaying it would surprise. */
const KEPT = 6;
const LETTER = /^[a-z/?]$/i;

let early: KeyboardEvent[] = [];

/** Commands come after the first paint. Until then their keys are kept instead of lost. */
export function keepEarlyKeys(): () => void {
  window.addEventListener("keydown", keep);
  return () => {
    window.removeEventListener("keydown", keep);
    early = [];
  };
}

function keep(event: KeyboardEvent): void {
  const isCommand = LETTER.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isCommand && early.length < KEPT) early.push(event);
}

/** In the order they were pressed, once. From here on the commands listen by themselves. */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  window.removeEventListener("keydown", keep);
  const taken = early;
  early = [];
  return taken;
}
