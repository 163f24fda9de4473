import { request } from "@playwright/test";
import { expect, test } from "./support/test";

test("a token is made for a purpose, shown once, works, and ends when it is revoked", async ({
  home,
  tasks,
  address,
}) => {
  test.slow();
  await tasks.goto("/settings/tokens");
  await home.getByRole("button", { name: "Make token" }).click();
  await expect(home.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(home.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    "Give it a name.",
  );
  await home.getByLabel("Name", { exact: true }).fill("Backup script");
  await home.getByLabel("It may").selectOption("Only read");
  await home.getByLabel("Valid").selectOption("For 30 days");
  await home.getByRole("button", { name: "Make token" }).click();
  const secret = home.getByLabel("The token", { exact: true });
  await expect(secret).toBeFocused();
  const token = await secret.inputValue();
  expect(token).toMatch(/^tm_/);

  const script = await request.newContext({
    baseURL: address,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  expect((await script.get("/api/tasks/")).status()).toBe(200);
  expect((await script.post("/api/tasks/", { data: { title: "No" } })).status()).toBe(403);

  await home.reload();
  const row = home
    .getByRole("list", { name: "Your tokens" })
    .getByRole("listitem")
    .filter({ hasText: "Backup script" });
  await expect(row).toContainText("Only read");
  await expect(secret).toHaveCount(0);
  await row.getByRole("button", { name: "Revoke “Backup script”" }).click();
  await home
    .getByRole("dialog", { name: "Revoke this token?" })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(home.getByText("There are none.")).toBeVisible();
  expect((await script.get("/api/tasks/")).status()).toBe(401);
  await script.dispose();
});
