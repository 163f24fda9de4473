import { core as english } from "./en/core";
import { language } from "./locale";
import { fillMessages, type MoreMessages, type RestMessages } from "./messages";

/** The texts of every page, before any of the application's modules. */
export async function loadCore(): Promise<void> {
  document.documentElement.lang = language;
  fillMessages(language === "en" ? english : (await import("./de/core")).core);
}

/** The texts of signed-in pages, before their modules. */
export const loadRest = loadOnce(importRest);

/** The texts of pages that are visited once in a while. */
export const loadMore = loadOnce(importMore);

async function importRest(): Promise<RestMessages> {
  return language === "en" ? (await import("./en")).rest : (await import("./de")).rest;
}

async function importMore(): Promise<MoreMessages> {
  return language === "en" ? (await import("./en/more")).more : (await import("./de/more")).more;
}

/** Asked for again after a failure. */
function loadOnce(load: () => Promise<Readonly<Record<string, object>>>): () => Promise<void> {
  let loading: Promise<unknown> | null = null;
  return async () => {
    loading ??= load().then(fillMessages);
    await loading.catch((error: unknown) => {
      loading = null;
      throw error;
    });
  };
}
