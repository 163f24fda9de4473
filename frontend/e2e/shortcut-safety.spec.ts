import { TasksPage } from "./support/tasks-page";
import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
  await api.addTask({ title: "Untouched" });
  await tasks.goto("/tasks");
  await expect(tasks.link("Untouched")).toBeVisible();
  await tasks.whenKeysWork();
});

test("no key fires while typing, composing, or behind a layer", async ({ home, api, tasks }) => {
  const field = home.getByRole("combobox", { name: "Add a task" });
  await tasks.link("Untouched").focus();
  await field.focus();
  await home.keyboard.type("e # x d p q c gx ?");
  await expect(field).toHaveValue("e # x d p q c gx ?");
  await expect(home).toHaveURL(/\/tasks$/);
  await expect(home.getByRole("dialog")).toHaveCount(0);

  await tasks.link("Untouched").focus();
  await home.evaluate(() => {
    const init = { key: "#", bubbles: true, isComposing: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", init));
  });
  await home.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(home.getByRole("menu").or(home.getByRole("dialog")).first()).toBeVisible();
  await home.keyboard.press("#");
  await home.keyboard.press("Escape");
  await expect(tasks.link("Untouched")).toBeVisible();
  expect(await api.tasks()).toHaveLength(1);
});

test("single keys can be switched off, here and in every tab, and chords stay", async ({
  context,
  home,
  tasks,
}) => {
  const other = await context.newPage();
  await other.goto("/tasks");
  await other.getByRole("link", { name: "Untouched" }).waitFor();
  await new TasksPage(other, false).whenKeysWork();

  await home.keyboard.press("?");
  const map = home.getByRole("dialog", { name: "Keyboard shortcuts" });
  await map.getByRole("checkbox").uncheck();
  await expect(map).not.toContainText("Complete or reopen");
  await home.keyboard.press("Escape");
  for (const page of [home, other]) {
    await page.getByRole("main").getByRole("link", { name: "Untouched" }).focus();
    for (const key of ["#", "x", "g", "x", "?", "q"]) await page.keyboard.press(key);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Find tasks and commands" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("toolbar")).toHaveCount(0);
    await expect(page).toHaveURL(/\/tasks$/);
  }
  await home.reload();
  await expect(tasks.link("Untouched")).toBeVisible();
  await tasks.whenKeysWork();
  await home.keyboard.press("q");
  await expect(home.getByRole("combobox", { name: "Add a task" })).not.toBeFocused();
});

test("a key pressed before the commands have come is kept for them", async ({ home, isMobile }) => {
  test.skip(isMobile, "There are no keys on a phone.");
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await home.route("**/assets/late-*.js", async (route) => {
    await isReleased;
    await route.continue();
  });
  const asked = home.waitForRequest("**/assets/late-*.js");
  await home.goto("/");
  await asked;
  await expect(home.getByRole("heading", { level: 1 })).toBeVisible();
  await home.keyboard.press("g");
  await home.keyboard.press("b");
  release();
  await expect(home).toHaveURL(/\/board$/);
});
