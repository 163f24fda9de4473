import { expect, test } from "./support/test";

test("More lists every page the bar has no room for, and gives the focus back", async ({
  home,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  test.skip(!isMobile, "A desktop shows the whole navigation.");
  await tasks.goto("/");
  const more = home.getByRole("button", { name: "More", exact: true });
  await more.click();
  const sheet = home.getByRole("dialog", { name: "More" });
  await expect(sheet.getByRole("link", { name: "Notifications" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectAccessible(home);
  await home.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(more).toBeFocused();

  await more.click();
  await sheet.getByRole("link", { name: "Trash" }).click();
  await expect(sheet).toBeHidden();
  await expect(home.getByRole("heading", { level: 1, name: "Trash" })).toBeFocused();
});
