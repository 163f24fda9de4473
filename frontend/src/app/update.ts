import { createStore } from "@/shared/lib/store";

/** Loads the new version, where there is one; nothing is reloaded by itself. */
export const updateStore = createStore<(() => void) | null>(null);
