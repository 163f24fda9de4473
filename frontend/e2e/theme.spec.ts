import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const LIGHT = "rgb(247, 246, 243)";
const DARK = "rgb(23, 22, 20)";

/** The page's colour before a single module has run: what a flash would show. */
async function firstPaint(page: Page): Promise<string> {
  await page.route(/\/assets\/(index|base)-.*\.js$/, (route) => route.abort());
  await page.goto("/login", { waitUntil: "domcontentloaded" });
  const colour = await background(page);
  await page.unrouteAll();
  return colour;
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

function barColour(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
    return bars.find((bar) => matchMedia(bar.media).matches)?.content ?? null;
  });
}

test.use({ tolerated: /ERR_FAILED/ });

for (const [system, colour, bar] of [
  ["light", LIGHT, "#f7f6f3"],
  ["dark", DARK, "#171614"],
] as const) {
  const [chosen, chosenColour, chosenBar] =
    system === "light"
      ? (["dark", DARK, "#171614"] as const)
      : (["light", LIGHT, "#f7f6f3"] as const);

  test.describe(`where the system is ${system}`, () => {
    test.use({ colorScheme: system });

    test("the first paint is the system's, and follows it while the page is open", async ({
      page,
    }) => {
      expect(await firstPaint(page)).toBe(colour);
      expect(await barColour(page)).toBe(bar);
      await page.goto("/login");
      await page.emulateMedia({ colorScheme: chosen });
      expect(await background(page)).toBe(chosenColour);
    });

    test(`the first paint of somebody who chose ${chosen} is ${chosen}`, async ({ page }) => {
      await page.addInitScript((theme) => localStorage.setItem("tm.theme", theme), chosen);
      expect(await firstPaint(page)).toBe(chosenColour);
      expect(await barColour(page)).toBe(chosenBar);
    });
  });
}

test("a choice in the settings counts at once, in every tab, and stays", async ({
  home,
  context,
  tasks,
}) => {
  await tasks.goto("/settings/appearance");
  const other = await context.newPage();
  await other.goto("/tasks");
  await home.getByRole("radio", { name: "Dark" }).check();
  expect(await background(home)).toBe(DARK);
  await expect.poll(() => background(other)).toBe(DARK);
  await home.reload();
  await expect(home.getByRole("radio", { name: "Dark" })).toBeChecked();
  expect(await background(home)).toBe(DARK);
  await home.getByRole("radio", { name: "System" }).check();
  expect(await background(home)).toBe(LIGHT);
});
