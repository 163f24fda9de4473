import { createStore, useStore } from "./store";

const spoken = createStore("");

/** Says something to a screen reader without moving focus. */
export function announce(text: string): void {
  // The same words twice are no change to a live region, so nothing would be said.
  spoken.set(spoken.get() === text ? `${text}\u00a0` : text);
}

export function Announcer() {
  const text = useStore(spoken);
  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only">
      {text}
    </div>
  );
}
