import { readLocal, writeLocal } from "@/shared/lib/local-storage";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = "tm.language";
/** Where the browser says nothing about a region. */
const REGIONS: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** What this page speaks, settled once: another language is another load of the page. */
export const language: Language = asLanguage(readLocal(KEY)) ?? browserLanguage() ?? "en";

/** How dates and numbers look: the browser's own region of that language, if it has one. */
export const locale: string =
  navigator.languages.find((tag) => languageOf(tag) === language) ?? REGIONS[language];

/** Says whether the choice was kept, as a private window may refuse to. */
export function rememberLanguage(next: Language): boolean {
  writeLocal(KEY, next);
  return readLocal(KEY) === next;
}

export function asLanguage(name: string | null): Language | undefined {
  return LANGUAGES.find((known) => known === name);
}

function browserLanguage(): Language | undefined {
  return navigator.languages.map((tag) => asLanguage(languageOf(tag))).find(Boolean);
}

function languageOf(tag: string): string {
  return tag.split("-")[0] ?? "";
}
