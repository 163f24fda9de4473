import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { loadMore } from "@/shared/i18n/load";
import { importWithRetry } from "./import-with-retry";

/** What is shown now and then, with the texts that it may read. */
export function lazyWithRetry<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    await importWithRetry(loadMore);
    return { default: await importWithRetry(load) };
  });
}

/** After a deploy the old chunks are gone; only a reload gets the new ones. */
export function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script/i.test(error.message);
}
