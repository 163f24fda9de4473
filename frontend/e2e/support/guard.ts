import type { BrowserContext, Page } from "@playwright/test";

/** Playwright's own word where a test wants no service worker. */
const BLOCKED = /Service Worker registration blocked by Playwright/;

/** Notes everything a page complains about: console errors, uncaught errors, refused by policy. */
export class Guard {
  readonly complaints: string[] = [];

  watch(context: BrowserContext): void {
    for (const page of context.pages()) this.watchPage(page);
    context.on("page", (page) => this.watchPage(page));
  }

  private watchPage(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      const type = message.type();
      if (type === "error" || type === "warning")
        this.complaints.push(`${type}: ${message.text()}`);
    });
  }

  except(tolerated: RegExp | null): string[] {
    return this.complaints.filter((text) => !BLOCKED.test(text) && !tolerated?.test(text));
  }
}
