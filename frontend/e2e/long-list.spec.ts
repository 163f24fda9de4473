import { makeUpTasks } from "./support/made-up";
import { expect, test } from "./support/test";

const TOTAL = 400;

test("a long list draws what is near, says its size, and keys reach the rest", async ({
  home,
  tasks,
}) => {
  await makeUpTasks(home, TOTAL, (n) => ({
    id: n + 1,
    title: `Task ${n + 1}`,
    due_date: n < 10 ? "2199-01-01" : null,
  }));
  await tasks.goto("/tasks");
  const rows = home.getByRole("list", { name: "No date tasks" }).getByRole("listitem");
  await expect(rows.first()).toHaveAttribute("aria-setsize", String(TOTAL - 10));
  expect(await rows.count()).toBeLessThan(80);
  await expect(home.getByRole("heading", { name: /No date/ })).toBeVisible();
  await tasks.whenKeysWork();

  await home.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(tasks.link("Task 11")).toBeVisible();
  await expect(rows.last()).toHaveAttribute("aria-posinset", String(TOTAL - 10));
  await tasks.link("Task 12").focus();
  await home.keyboard.press("j");
  await expect(tasks.link("Task 11")).toBeFocused();
  // The focused row stays drawn far from the window, and moving goes on from it.
  await home.evaluate(() => window.scrollTo(0, 0));
  await expect(tasks.link("Task 10")).toBeVisible();
  await expect(tasks.link("Task 11")).toBeFocused();
  await home.keyboard.press("k");
  await expect(tasks.link("Task 12")).toBeFocused();
  await expect(tasks.link("Task 12")).toBeInViewport();
});
