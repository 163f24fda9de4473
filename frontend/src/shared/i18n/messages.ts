import type { rest } from "./en";
import type { core } from "./en/core";
import type { more } from "./en/more";

export type CoreMessages = typeof core;
export type RestMessages = typeof rest;
export type MoreMessages = typeof more;
/** Every text a person reads. English is the type that each further language fills. */
export type Messages = CoreMessages & RestMessages & MoreMessages;

/**
 * Filled by `load.ts` before anything that reads it is shown. Each area is there from the
 * beginning and filled in place, so that a module may be evaluated, and name its area,
 * before the texts have come.
 */
const areas: Record<PropertyKey, object> = {};
export const messages = new Proxy(areas, { get: (_, name) => areaOf(name) }) as Messages;

function areaOf(name: PropertyKey): object {
  areas[name] ??= {};
  return areas[name];
}

export function fillMessages(texts: Readonly<Record<string, object>>): void {
  for (const [name, its] of Object.entries(texts)) Object.assign(areaOf(name), its);
}
