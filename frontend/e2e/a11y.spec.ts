import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Nothing wider than the window, so nobody has to scroll sideways to read. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content).toBeLessThanOrEqual(window ?? 0);
}

/** Several tests, so that each has the time it needs and all cores have something to do. */
function inThirds<T>(all: readonly T[]): T[][] {
  return [0, 1, 2].map((third) => all.filter((_, place) => place % 3 === third));
}

const long =
  "A title so long that no phone shows it in one line, and not even most desktops do, ever";

test.describe("for somebody who is signed in", () => {
  test.beforeEach(async ({ api }) => {
    await api.addTask({
      title: "Late",
      due_date: "2020-01-01",
      priority: "high",
      labels: ["work"],
    });
    await api.addTask({
      title: long,
      labels: ["a-label-of-forty-characters-is-the-most-", "two", "three"],
    });
    await api.addTask({ title: "Half done", status: "in_progress", priority: "low" });
    await api.addTask({ title: "Done", status: "completed" });
  });

  const pages = [
    ["today", "/", "Late"],
    ["all tasks", "/tasks", "Late"],
    ["completed tasks", "/tasks?status=completed,pending&priority=medium", "Done"],
    ["by label", "/tasks?grouping=label&label=work,two&due=overdue", "Late"],
    ["search", "/search", "Find anything you wrote down"],
    ["results", "/search?q=la", "Late"],
    ["no match", "/tasks?status=in_progress&priority=high", "No task matches"],
    ["a new task", "/tasks?task=new", "New task"],
    ["the board", "/board", "Late"],
    ["upcoming days", "/upcoming", "Late"],
    ["a calendar", "/calendar?month=2020-01", "January 2020"],
    ["an empty trash", "/trash", "The trash is empty"],
    ["notifications", "/notifications", "Half done"],
    ["progress", "/progress", "Completed per day"],
    ["my profile", "/settings/profile", "About you"],
    ["the theme", "/settings/appearance", "Theme"],
    ["the keyboard", "/settings/keyboard", "Single keys"],
    ["my notifications", "/settings/notifications", "Kinds and channels"],
    ["my tokens", "/settings/tokens", "There are none."],
    ["my data", "/settings/data", "Export everything"],
    ["my account", "/settings/account", "Delete your account"],
    ["my sessions", "/settings/sessions", "This one"],
    ["my password", "/settings/password", "Change your password"],
    ["an unknown address", "/nowhere", "There is nothing here"],
  ] as const;

  for (const part of inThirds(pages)) {
    test(`accessible, and fit: ${part.map(([name]) => name).join(", ")}`, async ({
      home,
      expectAccessible,
    }) => {
      test.slow();
      for (const [name, path, text] of part) {
        await test.step(name, async () => {
          await home.goto(path);
          await expect(home.getByText(text).filter({ visible: true }).first()).toBeVisible();
          await expectAccessible(home);
          await expectNoSidewaysScroll(home);
        });
      }
    });
  }

  test("an open task, its menus and its toast are accessible and fit", async ({
    home,
    tasks,
    expectAccessible,
  }) => {
    test.slow();
    await tasks.goto("/tasks");
    const panel = await tasks.open("Late");
    await expectAccessible(home);
    await panel.getByRole("button", { name: /^Priority/ }).click();
    await expect(home.getByRole("menu")).toBeVisible();
    await expectAccessible(home);
    await home.keyboard.press("Escape");
    await expect(panel.getByRole("button", { name: /^Priority/ })).toBeFocused();
    await panel.getByRole("button", { name: /^Set due date/ }).click();
    await expect(home.getByRole("dialog", { name: "Set due date" })).toBeVisible();
    // What lies half behind a layer has no size of its own.
    await expectAccessible(home, "[data-layer]:has(form)");
    await home.keyboard.press("Escape");
    await expect(panel.getByRole("button", { name: /^Set due date/ })).toBeFocused();
    await expectNoSidewaysScroll(home);
    await tasks.closePanel();
    await tasks.completeButton("Half done").click();
    await expect(tasks.toast("Completed “Half done”")).toBeVisible();
    await expectAccessible(home);
    await expectNoSidewaysScroll(home);
  });

  test("the bell's list is accessible and fits", async ({ home, tasks, expectAccessible }) => {
    await tasks.goto("/");
    await tasks.bell().click();
    await expect(
      home.getByRole("dialog", { name: "Notifications" }).getByText("Done", { exact: true }),
    ).toBeVisible();
    // What lies half behind a layer has no size of its own.
    await expectAccessible(home, "[data-layer]");
    await expectNoSidewaysScroll(home);
    await home.keyboard.press("Escape");
    await expect(tasks.bell()).toBeFocused();
  });

  test("what was deleted is listed accessibly", async ({ home, tasks, expectAccessible }) => {
    await tasks.goto("/tasks");
    const panel = await tasks.open(long);
    await panel.getByRole("button", { name: "Move to trash" }).click();
    await tasks.goTo("Trash");
    await expect(home.getByRole("button", { name: /^Restore/ })).toBeVisible();
    await expectAccessible(home);
    await expectNoSidewaysScroll(home);
  });
});

test("the pages before sign-in are accessible and fit", async ({ page, expectAccessible }) => {
  for (const path of [
    "/login",
    "/register",
    "/password/forgot",
    "/password/reset#uid=MQ&token=some",
  ]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
    await page
      .getByRole("button", { name: /^(Sign in|Create account|Send the link|Set password)$/ })
      .click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeFocused();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
});

test("q and c start a new task, except while typing", async ({ home, tasks, isMobile }) => {
  test.skip(isMobile, "There are no single keys on a phone.");
  await tasks.goto("/");
  const field = home.getByRole("textbox", { name: "Add a task" });
  await expect(field).toBeVisible();
  await tasks.whenKeysWork();
  await home.keyboard.press("q");
  await expect(field).toBeFocused();
  await home.keyboard.type("quick cocoa");
  await expect(field).toHaveValue("quick cocoa");
});

test("the page follows the system's theme from its first paint", async ({ page, colorScheme }) => {
  await page.goto("/login");
  const background = await page.evaluate(
    () => getComputedStyle(document.documentElement).backgroundColor,
  );
  expect(background).toBe(colorScheme === "dark" ? "rgb(23, 22, 20)" : "rgb(247, 246, 243)");
});
