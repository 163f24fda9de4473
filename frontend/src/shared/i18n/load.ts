import { core as english } from "./en/core";
import { language } from "./locale";
import { messages, type RestMessages } from "./messages";

let loading: Promise<unknown> | null = null;

/** The texts of every page, before any of the application's modules. */
export async function loadCore(): Promise<void> {
  document.documentElement.lang = language;
  Object.assign(messages, language === "en" ? english : (await import("./de/core")).core);
}

/** The texts of signed-in pages, before their modules. Asked for again after a failure. */
export async function loadRest(): Promise<void> {
  loading ??= importRest().then((rest) => Object.assign(messages, rest));
  await loading.catch((error: unknown) => {
    loading = null;
    throw error;
  });
}

async function importRest(): Promise<RestMessages> {
  return language === "en" ? (await import("./en")).rest : (await import("./de")).rest;
}
