import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test("sessions are listed, this one is marked, and one or all others end within a second", async ({
  home,
  tasks,
  person,
  join,
}) => {
  test.slow();
  const pages: Page[] = [];
  for (let n = 0; n < 2; n += 1) {
    const page = await (await join(person)).newPage();
    await page.goto("/tasks");
    await page.getByRole("heading", { level: 1 }).waitFor();
    pages.push(page);
  }
  const ended = (page: Page) => page.getByRole("dialog", { name: "Your session ended" });

  await tasks.goto("/settings/sessions");
  const list = home.getByRole("list", { name: "Sessions" });
  const current = list.getByRole("listitem").filter({ hasText: "This one" });
  await expect(current).toHaveCount(1);
  await expect(current).toContainText("Chrome on");
  await expect(current.getByRole("button")).toHaveCount(0);
  const before = await list.getByRole("listitem").count();

  // The newest stands first, and was the last one opened.
  await list
    .getByRole("listitem")
    .first()
    .getByRole("button", { name: /^End the/ })
    .click();
  const question = home.getByRole("dialog", { name: "End this session?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(list.getByRole("listitem").first().getByRole("button")).toBeFocused();
  await list
    .getByRole("listitem")
    .first()
    .getByRole("button", { name: /^End the/ })
    .click();
  await question.getByRole("button", { name: "End" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(before - 1);
  await expect(home.getByRole("heading", { level: 1 })).toBeFocused();

  await home.getByRole("button", { name: "End all others" }).click();
  await home
    .getByRole("dialog", { name: "End all other sessions?" })
    .getByRole("button", { name: "End all others" })
    .click();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(home.getByText("You are signed in nowhere else.")).toBeVisible();
  for (const page of pages) await expect(ended(page)).toBeVisible();
  await expect(ended(home)).toHaveCount(0);
});
