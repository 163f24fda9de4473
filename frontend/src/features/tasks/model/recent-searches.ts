import { readOwn, writeOwn } from "@/shared/lib/own-storage";
import { createStore, type Store } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";

const NAME = "searches";
const KEPT = 8;
const SHORTEST = 2;

/** The last ones of whoever is signed in here, the newest first. */
export const recentSearches: Store<readonly string[]> = createStore(read());

sessionStore.subscribe(() => recentSearches.set(read()));

function read(): readonly string[] {
  const { user } = sessionStore.get();
  const kept = user && readOwn<unknown>(user.id, NAME);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
}

export function rememberSearch(query: string): void {
  const text = query.trim();
  if (text.length < SHORTEST) return;
  // While a word was being typed, its beginnings may have been kept.
  const others = read().filter((one) => !text.toLowerCase().startsWith(one.toLowerCase()));
  keep([text, ...others].slice(0, KEPT));
}

export function forgetSearches(): void {
  keep(null);
}

function keep(searches: readonly string[] | null): void {
  const { user } = sessionStore.get();
  if (!user) return;
  writeOwn(user.id, NAME, searches);
  recentSearches.set(searches ?? []);
}
