import { useEffect, useRef } from "react";

/** Every single-key command there is. A test proves that no two share a key. */
export const shortcuts = {
  quickAdd: ["q", "c"],
} as const satisfies Record<string, readonly string[]>;

export type ShortcutName = keyof typeof shortcuts;

export function matches(name: ShortcutName, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  const keys: readonly string[] = shortcuts[name];
  return keys.includes(event.key) && !isTyping(event.target);
}

/** Fires outside of text fields, and not behind a dialog or a menu. */
export function useShortcut(name: ShortcutName, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !matches(name, event) || isLayerOpen()) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [name]);
}

const TYPING = "input, textarea, select, [contenteditable='true']";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** A toast calls itself a dialog too, so layers that take the keyboard are marked by hand. */
function isLayerOpen(): boolean {
  return document.querySelector("[data-layer]") !== null;
}
