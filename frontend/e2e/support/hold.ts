import type { Page } from "@playwright/test";

/**
 * Keeps what is asked of an address until it is let go, to the server or to what was routed before;
 * answers with how to let it go.
 */
export async function hold(page: Page, url: string | RegExp): Promise<() => void> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(url, async (route) => {
    await held;
    await route.fallback();
  });
  return release;
}
