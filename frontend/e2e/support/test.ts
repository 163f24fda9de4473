import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { AuthPage } from "./auth-page";
import { Guard } from "./guard";
import { Api, newPerson, type Person, signedInState } from "./people";
import { TasksPage } from "./tasks-page";

interface Fixtures {
  /** Complaints a test provokes on purpose. Everything else fails it. */
  readonly tolerated: RegExp | null;
  readonly guard: Guard;
  readonly address: string;
  readonly person: Person;
  /** The registered person's script beside the browser. */
  readonly api: Api;
  /** A page of somebody who is signed in, with nothing loaded yet. */
  readonly home: Page;
  readonly auth: AuthPage;
  readonly tasks: TasksPage;
  /** In both themes: the whole page, or what a layer above it shows. */
  readonly expectAccessible: (page: Page, within?: string) => Promise<void>;
  readonly join: (person: Person) => Promise<BrowserContext>;
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** No page has frames, and what is in order need not be listed: twice as fast. */
function axeOf(page: Page, within: string): AxeBuilder {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .include(within);
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const found = (await axe.analyze()).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}

export const test = base.extend<Fixtures>({
  tolerated: [null, { option: true }],
  guard: [
    async ({ context, tolerated }, use) => {
      const guard = new Guard();
      guard.watch(context);
      await use(guard);
      expect(guard.except(tolerated)).toEqual([]);
    },
    { auto: true },
  ],
  address: async ({ baseURL }, use) => {
    if (!baseURL) throw new Error("BASE_URL is not set.");
    await use(baseURL);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
  person: async ({}, use) => use(newPerson()),
  api: async ({ address, person }, use) => {
    const api = await Api.register(address, person);
    await use(api);
    await api.dispose();
  },
  home: async ({ context, page, address, person, api: _registered }, use) => {
    const { cookies } = await signedInState(address, person);
    await context.addCookies(cookies);
    // Once, before the application's first look: afterwards the flag is the application's.
    await page.addInitScript(() => {
      if (localStorage.getItem("e2e.home") !== null) return;
      localStorage.setItem("e2e.home", "1");
      localStorage.setItem("tm.session", "1");
    });
    await use(page);
  },
  auth: async ({ page, isMobile }, use) => use(new AuthPage(page, isMobile)),
  tasks: async ({ page, isMobile }, use) => use(new TasksPage(page, isMobile)),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
  expectAccessible: async ({}, use) => {
    await use(async (page, within = "html") => {
      expect(await violations(axeOf(page, within).withTags(WCAG))).toEqual([]);
      // The dark theme is other colours on the same page.
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(axeOf(page, within).withRules(OF_COLOURS))).toEqual([]);
      await page.emulateMedia({ colorScheme: "light" });
    });
  },
  join: async ({ browser, address, guard, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (person) => {
      const storageState = await signedInState(address, person);
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: address,
        storageState,
      });
      guard.watch(context);
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

export { expect };
