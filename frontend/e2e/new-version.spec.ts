import type { Page } from "@playwright/test";
import { test as deployed, NEXT_BUILD } from "./support/deploy";
import { expect, test } from "./support/test";

const keptBuilds = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("shell-")));

deployed.describe("a new version", () => {
  deployed.use({ serviceWorkers: "allow" });

  deployed(
    "is offered, waits for a yes, and then is in charge",
    async ({ home, tasks, deployment }) => {
      await tasks.goto("/");
      await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      deployment.start();
      await home.reload();
      const strip = home.getByRole("status").filter({ hasText: "There is a new version" });
      await expect(strip).toBeVisible();
      expect(await keptBuilds(home)).toHaveLength(2);
      await tasks.goTo("All tasks");
      await expect(strip).toBeVisible();

      const reloaded = home.waitForEvent("load");
      await strip.getByRole("button", { name: "Reload" }).click();
      await reloaded;
      await expect(home.getByRole("heading", { level: 1, name: "All tasks" })).toBeVisible();
      await expect.poll(() => keptBuilds(home)).toEqual([`shell-${NEXT_BUILD}`]);
      await expect(strip).toBeHidden();
    },
  );
});

test("the app can be installed: its manifest is whole", async ({ page, request }) => {
  await page.goto("/login");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await request.get(address ?? "");
  expect(answer.headers()["content-type"]).toMatch(/^application\/(manifest\+)?json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ start_url: "/", scope: "/", display: "standalone" });
  expect(manifest.name).toBeTruthy();
  const icons = manifest.icons as { src: string; sizes: string; type: string }[];
  expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  for (const { src, type } of icons) {
    expect((await request.get(src)).headers()["content-type"]).toBe(type);
  }
});
