import { en } from "./en";

/** Every text a person reads. A second language is a second object of this type. */
export type Messages = typeof en;

export const messages: Messages = en;
