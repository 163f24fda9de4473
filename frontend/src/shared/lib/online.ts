import { createStore } from "./store";

/** Whether the browser believes in a network; requests may still fail. */
export const onlineStore = createStore(navigator.onLine);

/** False while the server does not answer, whatever the browser believes. */
export const reachedStore = createStore(true);

window.addEventListener("online", () => onlineStore.set(true));
window.addEventListener("offline", () => onlineStore.set(false));

export function noteReached(isReached: boolean): void {
  if (reachedStore.get() !== isReached) reachedStore.set(isReached);
}

export function whenOnline(): Promise<void> {
  if (onlineStore.get()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = onlineStore.subscribe(() => {
      if (!onlineStore.get()) return;
      unsubscribe();
      resolve();
    });
  });
}
