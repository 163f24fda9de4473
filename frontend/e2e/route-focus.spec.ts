import { expect, test } from "./support/test";

test("a change of page sets the title and puts the focus at its heading", async ({
  home,
  tasks,
}) => {
  await tasks.goto("/");
  await home.getByRole("link", { name: /^All/ }).click();
  await expect(home).toHaveTitle("All tasks · Task Manager");
  await expect(home.getByRole("heading", { level: 1 })).toBeFocused();
  await home.goBack();
  await expect(home).toHaveTitle("Today · Task Manager");
  await expect(home.getByRole("heading", { level: 1 })).toBeFocused();
});

test("so do pages around signing in, and the first page keeps the browser's focus", async ({
  page,
  api: _registered,
  person,
  auth,
}) => {
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto("/login");
  await expect(heading).toHaveText("Welcome back");
  await expect(page.locator("body")).toBeFocused();
  for (const link of ["Create an account", "Sign in", "Forgot your password?", "Back to sign-in"]) {
    await page.getByRole("link", { name: link }).click();
    await expect(page.getByRole("link", { name: link })).toHaveCount(0);
    await expect(heading).toBeFocused();
  }
  await auth.signIn(person);
  await expect(heading).toHaveText("Today");
  await expect(heading).toBeFocused();
});

test("and an address with nothing behind it", async ({ home }) => {
  const heading = home.getByRole("heading", { level: 1 });
  await home.goto("/nowhere");
  await home.getByRole("link", { name: "Go to Today" }).click();
  await expect(heading).toHaveText("Today");
  await expect(heading).toBeFocused();
  await home.goBack();
  await expect(heading).toHaveText("There is nothing here");
  await expect(heading).toBeFocused();
});

test("a panel takes the focus and gives it back to its row", async ({ home, api, tasks }) => {
  await api.addTask({ title: "Opened and closed" });
  await tasks.goto("/tasks");
  await tasks.link("Opened and closed").press("Enter");
  await expect(tasks.panel()).toBeVisible();
  await home.keyboard.press("Escape");
  await expect(tasks.panel()).toBeHidden();
  await expect(tasks.link("Opened and closed")).toBeFocused();
});

test("Escape closes the top layer only", async ({ home, api, tasks }) => {
  await api.addTask({ title: "Layered" });
  await tasks.goto("/tasks");
  const panel = await tasks.open("Layered");
  const priority = panel.getByRole("button", { name: /^Priority/ });
  await priority.click();
  await expect(home.getByRole("menu")).toBeVisible();
  await home.keyboard.press("Escape");
  await expect(home.getByRole("menu")).toBeHidden();
  await expect(panel).toBeVisible();
  await expect(priority).toBeFocused();
  await home.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("the first thing a keyboard meets skips to the content", async ({ home, tasks, isMobile }) => {
  test.skip(isMobile, "There is no Tab key on a phone.");
  await tasks.goto("/");
  await home.keyboard.press("Tab");
  const skip = home.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await skip.press("Enter");
  await expect(home.getByRole("main")).toBeFocused();
});
