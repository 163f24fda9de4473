import type { rest } from "./en";
import type { core } from "./en/core";
import type { more } from "./en/more";

export type CoreMessages = typeof core;
export type RestMessages = typeof rest;
export type MoreMessages = typeof more;
/** Every text a person reads. English is the type that each further language fills. */
export type Messages = CoreMessages & RestMessages & MoreMessages;

/** Filled by `load.ts` before the modules that read it are loaded. */
export const messages = {} as Messages;
