import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { importWithRetry } from "./import-with-retry";

export function lazyWithRetry<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await importWithRetry(load) }));
}

/** After a deploy the old chunks are gone; only a reload gets the new ones. */
export function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script/i.test(error.message);
}
