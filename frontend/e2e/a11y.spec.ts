import type { Page } from "@playwright/test";
import { AuthPage } from "./support/auth-page";
import { TasksPage } from "./support/tasks-page";
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

  test.describe("at 200 % zoom", () => {
    // Half the pixels of a usual laptop, each drawn twice as large.
    test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    test.skip(({ isMobile }) => isMobile, "A phone zooms by itself.");

    test("every page fits", async ({ home }) => {
      test.slow();
      for (const [name, path, text] of pages) {
        await test.step(name, async () => {
          await home.goto(path);
          await expect(home.getByText(text).filter({ visible: true }).first()).toBeVisible();
          await expectNoSidewaysScroll(home);
        });
      }
    });

    test("a task is opened, read to its end, changed and left", async ({
      home: _signedIn,
      api,
      tasks,
    }) => {
      await tasks.goto("/tasks");
      const panel = await tasks.open("Late");
      await panel.getByRole("button", { name: "History" }).click();
      await expect(panel.getByText("Created", { exact: true })).toBeVisible();
      await tasks.choose(panel.getByRole("button", { name: /^Priority/ }), "Low");
      const late = (await api.tasks()).find(({ title }) => title === "Late")?.id ?? 0;
      await expect.poll(async () => (await api.task(late)).priority).toBe("low");
      await tasks.closePanel();
      await expect(panel).toBeHidden();
    });

    test("every page and signing out are within reach", async ({ home, page }) => {
      const zoomed = new TasksPage(page, true);
      await zoomed.goto("/");
      for (const name of ["Board", "Calendar", "Trash", "Today"]) await zoomed.goTo(name);
      await new AuthPage(home, true).signOut();
    });
  });

  test("on a phone nothing waits for a pointer to hover", async ({ home, tasks, isMobile }) => {
    test.skip(!isMobile, "Where there is a pointer, it may.");
    await tasks.goto("/tasks");
    await home.getByRole("button", { name: "More for “Late”" }).tap();
    await expect(home.getByRole("menuitem", { name: "Move to trash" })).toBeVisible();
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
