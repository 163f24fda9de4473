import { readLocal, writeLocal } from "@/shared/lib/local-storage";
import { onForget } from "@/shared/session/session";

const KEY = "tm.recent";
const KEPT = 6;

/** What was chosen in the palette last, by names and ids: nothing of anybody's text is kept. */
export function readRecent(): string[] {
  return readLocal(KEY)?.split(" ").filter(Boolean) ?? [];
}

export function rememberRecent(name: string): void {
  const others = readRecent().filter((other) => other !== name);
  writeLocal(KEY, [name, ...others].slice(0, KEPT).join(" "));
}

onForget(() => writeLocal(KEY, null));
