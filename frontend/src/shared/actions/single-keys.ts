import { readLocal, writeLocal } from "@/shared/lib/local-storage";
import { createStore, useStore } from "@/shared/lib/store";

const KEY = "tm.single-keys";
const OFF = "off";

/** Whether a character alone is a shortcut (WCAG 2.1.4: people must be able to turn that off). */
export const singleKeys = createStore(read());

function read(): boolean {
  return readLocal(KEY) !== OFF;
}

window.addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) singleKeys.set(read());
});

export function setSingleKeys(isOn: boolean): void {
  writeLocal(KEY, isOn ? null : OFF);
  singleKeys.set(isOn);
}

export function useSingleKeys(): readonly [boolean, (isOn: boolean) => void] {
  return [useStore(singleKeys), setSingleKeys];
}
