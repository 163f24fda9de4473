import type { Page } from "@playwright/test";
import { makeUpTasks } from "./support/made-up";
import { expect, test } from "./support/test";

const LONG = "Ask the landlord about the broken kitchen tap";

test.beforeEach(({ isMobile }) => {
  test.skip(!isMobile, "A desktop has a line for each task.");
});

test("a title has two lines, and its facts stand under it", async ({ home, api, tasks }) => {
  await api.addTask({ title: LONG, due_date: "2199-01-01", labels: ["home"] });
  await api.addTask({ title: "Rest" });
  for (const path of ["/tasks", "/calendar?month=2199-01"]) {
    await tasks.goto(path);
    const link = tasks.link(LONG);
    await expect(link).toBeVisible();
    expect(await link.evaluate((title) => title.scrollHeight - title.clientHeight)).toBe(0);
    expect((await link.boundingBox())?.height).toBeGreaterThan(36);
    await expect(tasks.row(LONG)).toContainText("home");
    expect(await home.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
  await tasks.goto("/tasks");
  const short = await tasks.row("Rest").boundingBox();
  expect(short?.height).toBeGreaterThanOrEqual(48);
  expect(short?.height).toBeLessThan((await tasks.row(LONG).boundingBox())?.height ?? 0);
});

test("while tasks are selected, nothing lies over what can be done to them", async ({
  home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Rest" });
  await tasks.goto("/tasks");
  const add = home.getByRole("button", { name: "New task" });
  await expect(add).toBeVisible();
  await home.getByRole("button", { name: "More for “Rest”" }).click();
  await home.getByRole("menuitem", { name: "Select" }).click();
  await expect(home.getByRole("toolbar", { name: "Selected tasks" })).toBeVisible();
  await expect(add).toBeHidden();
  await home.getByRole("button", { name: "Clear selection" }).click();
  await expect(add).toBeVisible();
});

/** How far apart rows stand at most that should touch each other, and how high the lowest is. */
function gapsOf(page: Page) {
  return page.getByRole("list", { name: "No date tasks" }).evaluate((list) => {
    const boxes = [...list.children].map((row) => row.getBoundingClientRect());
    const gaps = boxes.slice(1).map((box, at) => Math.abs(box.top - (boxes[at]?.bottom ?? 0)));
    return Math.round(Math.max(...gaps));
  });
}

test("rows of a long list stand under each other, however high they are", async ({
  home,
  tasks,
}) => {
  await makeUpTasks(home, 300, (n) => ({
    id: n + 1,
    title: n % 3 === 0 ? `${n + 1}: ${LONG}` : `Task ${n + 1}`,
    labels: n % 2 === 0 ? ["home"] : [],
  }));
  await tasks.goto("/tasks");
  const rows = home.getByRole("list", { name: "No date tasks" }).getByRole("listitem");
  await expect(rows.first()).toHaveAttribute("aria-setsize", "300");
  await expect.poll(() => gapsOf(home)).toBe(0);
  await home.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
  await expect(rows.first()).not.toHaveAttribute("aria-posinset", "1");
  await expect.poll(() => gapsOf(home)).toBe(0);
  await rows.nth(20).scrollIntoViewIfNeeded();
  await expect.poll(() => gapsOf(home)).toBe(0);
});
