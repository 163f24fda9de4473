import { readLocal, writeLocal } from "@/shared/lib/local-storage";
import { createStore } from "@/shared/lib/store";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "tm.theme";

export const themeStore = createStore<Theme>(read());

function read(): Theme {
  return THEMES.find((theme) => theme === readLocal(KEY)) ?? "system";
}

/** `theme/before-paint.js` hears of it and paints, here by the event and elsewhere by the storage. */
export function chooseTheme(theme: Theme): void {
  writeLocal(KEY, theme === "system" ? null : theme);
  window.dispatchEvent(new CustomEvent("tm:theme", { detail: theme }));
  themeStore.set(theme);
}

window.addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) themeStore.set(read());
});
