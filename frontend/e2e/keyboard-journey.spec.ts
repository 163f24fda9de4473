import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** As somebody without a pointer comes there: by Tab, however many it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 40 && !(await hasFocus()); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

const column = (page: Page, name: string) =>
  page.getByRole("list", { name: `${name} tasks`, exact: true });

test("from signing in to signing out without a pointer", async ({ page, api, person, tasks }) => {
  test.slow();
  const { keyboard } = page;
  const heading = (name: string) => page.getByRole("heading", { level: 1, name });
  const title = tasks.panel().getByLabel("Title", { exact: true });

  await test.step("sign in", async () => {
    await page.goto("/login");
    await tabTo(page, page.getByLabel("Username or e-mail"));
    await keyboard.type(person.username);
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await keyboard.type(person.password);
    await keyboard.press("Enter");
    await expect(heading("Today")).toBeFocused();
    await tasks.whenKeysWork();
  });

  await test.step("add", async () => {
    await keyboard.press("q");
    await expect(page.getByRole("combobox", { name: "Add a task" })).toBeFocused();
    await keyboard.type("Water the plants");
    await keyboard.press("Enter");
    await expect(tasks.link("Water the plants")).toBeVisible();
    await keyboard.type("Paint the fence");
    await keyboard.press("Enter");
    await expect(tasks.link("Paint the fence")).toBeVisible();
    await expect.poll(() => api.count()).toBe(2);
    await keyboard.press("Escape");
  });

  await test.step("find", async () => {
    await keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Find tasks and commands" })).toBeFocused();
    await keyboard.type("fence");
    const found = page.getByRole("option", { name: /Paint the fence/ });
    await expect(found).toHaveAttribute("data-highlighted");
    await keyboard.press("Enter");
    await expect(title).toHaveValue("Paint the fence");
  });

  await test.step("edit", async () => {
    await tabTo(page, title);
    await keyboard.press("Control+a");
    await keyboard.type("Paint the whole fence");
    await keyboard.press("Enter");
    await expect(tasks.link("Paint the whole fence")).toBeVisible();
    await keyboard.press("Escape");
    await expect(tasks.panel()).toBeHidden();
  });

  await test.step("complete", async () => {
    await keyboard.press("g");
    await keyboard.press("t");
    await expect(heading("Today")).toBeFocused();
    await tasks.whenKeysWork();
    await keyboard.press("j");
    await expect(tasks.link("Water the plants")).toBeFocused();
    await keyboard.press("e");
    await expect(tasks.reopenButton("Water the plants")).toBeVisible();
  });

  await test.step("move on the board", async () => {
    await keyboard.press("g");
    await keyboard.press("b");
    await expect(heading("Board")).toBeFocused();
    await tabTo(page, tasks.link("Paint the whole fence"));
    await tasks.whenKeysWork();
    await keyboard.press("Alt+ArrowRight");
    const moved = column(page, "In progress").getByRole("link", { name: "Paint the whole fence" });
    await expect(moved).toBeFocused();
  });

  await test.step("undo", async () => {
    await keyboard.press("Control+z");
    const back = column(page, "Pending").getByRole("link", { name: "Paint the whole fence" });
    await expect(back).toBeFocused();
    await expect
      .poll(async () => (await api.tasks()).map((task) => `${task.title} ${task.status}`).sort())
      .toEqual(["Paint the whole fence pending", "Water the plants completed"]);
  });

  await test.step("sign out", async () => {
    await tabTo(page, page.getByRole("button", { name: /^Account of/ }));
    await keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
    await keyboard.press("Enter");
    await expect(heading("Welcome back")).toBeFocused();
    await expect(page.getByText("Paint the whole fence")).toHaveCount(0);
  });
});
