import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./support/test";

const TABS = 5;

// Refused tokens are the subject here, and browsers report each of them.
test.use({ tolerated: /status of 401/ });

async function openTabs(context: BrowserContext, first: Page): Promise<Page[]> {
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await context.newPage());
  await Promise.all(tabs.map((tab) => tab.goto("/tasks")));
  return tabs;
}

function countRefreshes(context: BrowserContext): () => number {
  let calls = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/auth/token/refresh/")) calls += 1;
  });
  return () => calls;
}

test("five tabs whose token expires at once refresh once, and nobody is logged out", async ({
  context,
  home,
  api,
}) => {
  const titles = Array.from({ length: TABS }, (_, n) => `Task of tab ${n}`);
  for (const title of titles) await api.addTask({ title });
  const used = new Set<string>();
  context.on("request", (request) => used.add(request.headers().authorization ?? ""));
  const tabs = await openTabs(context, home);
  for (const tab of tabs)
    await expect(tab.getByRole("link", { name: "Task of tab 0" })).toBeVisible();

  // From here on every token that was in use counts as expired.
  const expired = new Set(used);
  await context.route(/\/api\/tasks\/\d+\/$/, async (route) => {
    if (!expired.has(route.request().headers().authorization ?? "")) return route.continue();
    await route.fulfill({
      status: 401,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "Expired", status: 401, code: "token_expired" }),
    });
  });
  const refreshes = countRefreshes(context);

  await Promise.all(
    tabs.map((tab, n) => tab.getByRole("button", { name: `Complete “${titles[n]}”` }).click()),
  );
  for (const [n, tab] of tabs.entries()) {
    await expect(tab.getByRole("button", { name: `Complete “${titles[n]}”` })).toBeHidden();
    await expect(tab).toHaveURL(/\/tasks$/);
  }
  await expect
    .poll(async () => (await api.tasks()).filter(({ status }) => status === "completed").length)
    .toBe(TABS);
  expect(refreshes()).toBe(1);
});

test("five tabs that reload at once all stay signed in", async ({ context, home, api }) => {
  await api.addTask({ title: "Still here" });
  const tabs = await openTabs(context, home);
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(tabs.map((tab) => tab.reload()));
    for (const tab of tabs)
      await expect(tab.getByRole("link", { name: "Still here" })).toBeVisible();
  }
});
