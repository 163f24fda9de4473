import { nowIn } from "@/shared/lib/plain-date";

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Every zone the browser knows, and those that may be missing there: the person's own, and UTC. */
export function allTimeZones(own: string): string[] {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  return [...new Set([...known, "UTC", browserTimeZone(), own])].sort();
}

/** "America/New_York" as people write it. */
export function zoneName(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** What the clock on the wall shows there. */
export function timeIn(zone: string): string {
  return nowIn(zone).time;
}
