import { expect, test } from "./support/test";

test("the API's own page works offline: sign in on it, and call something", async ({
  page,
  address,
  person,
  api: _registered,
  request,
}) => {
  test.slow();
  const foreign: string[] = [];
  page.on("request", (sent) => {
    const isOurs = sent.url().startsWith(address) || sent.url().startsWith("data:");
    if (!isOurs) foreign.push(sent.url());
  });
  const answer = await request.post("/api/auth/token/", {
    data: { username: person.username, password: person.password },
  });
  const { access } = (await answer.json()) as { access: string };

  await page.goto("/api/docs/");
  // Swagger draws every operation before it shows the first.
  const title = page.getByRole("heading", { name: "Task Manager API" });
  await expect(title).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Signing in" }).first()).toBeVisible();

  await page.getByRole("button", { name: "Authorize" }).first().click();
  const dialog = page.locator(".dialog-ux");
  const session = dialog.locator("form").filter({ hasText: /bearer\s+\(http/ });
  await session.getByLabel("auth-bearer-value").fill(access);
  await session.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const me = page.locator("#operations-Account-auth_me_retrieve");
  await me.locator(".opblock-summary").click();
  await me.getByRole("button", { name: "Try it out" }).click();
  await me.getByRole("button", { name: "Execute" }).click();
  await expect(me.locator(".live-responses-table")).toContainText(person.username);

  expect(foreign).toEqual([]);
});

test("the API's own page follows the system's theme", async ({ page }) => {
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/api/docs/");
  expect(await background()).toBe("rgb(28, 32, 34)");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).not.toBe("rgb(28, 32, 34)");
});

test("the API's own page fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 760 });
  await page.goto("/api/docs/");
  const title = page.getByRole("heading", { name: "Task Manager API" });
  await expect(title).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("#operations-Tasks-tasks_create")).toBeVisible();

  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBeLessThanOrEqual(window ?? 0);
});
