import type { ComponentType } from "react";
import { loadMore, loadRest } from "@/shared/i18n/load";
import { importWithRetry } from "@/shared/lib/import-with-retry";

/** A page is fetched when it is first visited, after the texts that it reads. */
export function page<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
  loadTexts: () => Promise<unknown> = loadRest,
) {
  return async () => {
    await importWithRetry(loadTexts);
    const module = await importWithRetry(load);
    return { Component: module[name] };
  };
}

/** For pages that show tasks, and have more to say. */
export function loadBoth(): Promise<unknown> {
  return Promise.all([loadRest(), loadMore()]);
}
