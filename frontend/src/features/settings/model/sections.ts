export const SECTIONS = [
  "profile",
  "appearance",
  "keyboard",
  "notifications",
  "sessions",
  "tokens",
  "password",
  "data",
  "account",
] as const;

export type SectionName = (typeof SECTIONS)[number];

/** Which section an address of the settings shows. */
export function sectionOf(pathname: string): SectionName {
  const last = pathname.replace(/\/$/, "").split("/").at(-1);
  return SECTIONS.find((name) => name === last) ?? "profile";
}
