import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";

const column = (page: Page, name: string) =>
  page.getByRole("list", { name: `${name} tasks`, exact: true });
const said = (page: Page, text: string) =>
  page.locator("[aria-live], [role=status], [role=alert]").filter({ hasText: text });

/** By one part of the page alone: nobody wants to hear it twice. */
async function expectMoveSaid(page: Page, text: string): Promise<void> {
  await expect(page.getByRole("dialog").filter({ hasText: text }).first()).toBeVisible();
  expect(await said(page, text).count()).toBe(1);
}

/** As a hand does it: press, a first small movement, then over to the target. */
async function dragTo(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await expect(from).toHaveAttribute("draggable", "true");
  await page.mouse.down();
  const target = await to.boundingBox();
  if (!target) throw new Error("The target is not on the page.");
  const x = target.x + target.width / 2;
  const y = target.y + Math.min(target.height / 2, 60);
  await page.mouse.move(x, y, { steps: 6 });
  // The browser begins a drag in its own time, and a hand sees where it is before it lets go.
  await expect(async () => {
    await page.mouse.move(x + 2, y + 2);
    await page.mouse.move(x, y);
    expect(await page.locator('[class~="outline-accent"]').count()).toBeGreaterThan(0);
  }).toPass();
  await page.mouse.up();
}

test.describe("on the board", () => {
  test.beforeEach(async ({ home: _home, api, tasks }) => {
    await api.addTask({ title: "Paint" });
    await tasks.goto("/board");
    await expect(tasks.link("Paint")).toBeVisible();
  });

  test("a card is dragged to another column, and back by undo", async ({
    home,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "A finger scrolls; the menu moves.");
    const target = home.getByRole("region", { name: /^In progress/ });
    await dragTo(home, tasks.row("Paint"), target);
    await expect(column(home, "In progress").getByRole("link", { name: "Paint" })).toBeVisible();
    await expectMoveSaid(home, "Moved “Paint” to In progress");
    await tasks.toast("Moved “Paint”").getByRole("button", { name: "Undo" }).click();
    await expect(column(home, "Pending").getByRole("link", { name: "Paint" })).toBeVisible();
  });

  test("Alt and an arrow move the card, and the focus stays with it", async ({
    home,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "There is no Alt key on a phone.");
    await tasks.whenKeysWork();
    await tasks.link("Paint").focus();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(column(home, "In progress").getByRole("link", { name: "Paint" })).toBeFocused();
    await expectMoveSaid(home, "Moved “Paint” to In progress");
    await home.keyboard.press("Alt+ArrowDown");
    await expect(column(home, "Completed").getByRole("link", { name: "Paint" })).toBeFocused();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(said(home, "There is nothing after this.")).toBeAttached();
    await home.keyboard.press("Alt+ArrowUp");
    await expect(column(home, "In progress").getByRole("link", { name: "Paint" })).toBeFocused();
    await home.keyboard.press("Alt+ArrowLeft");
    await expect(column(home, "Pending").getByRole("link", { name: "Paint" })).toBeFocused();
    await expect(home).toHaveURL(/\/board$/);
  });

  test("a card keeps the focus in a column that is too long to be drawn whole", async ({
    home,
    api,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "There is no Alt key on a phone.");
    const [paint] = await api.tasks();
    const started = Array.from({ length: 60 }, (_, n) => ({
      ...paint,
      id: 1_000_000_000 + n,
      title: `Started ${n}`,
      status: "in_progress",
      due_date: "2199-01-01",
    }));
    await home.route(/\/api\/tasks\/\?.*status=pending/, (route) =>
      route.fulfill({ json: { next: null, previous: null, results: [paint, ...started] } }),
    );
    await tasks.goto("/board");
    await expect(column(home, "In progress").getByRole("link")).toHaveCount(50);
    await tasks.whenKeysWork();
    await tasks.link("Paint").focus();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(column(home, "In progress").getByRole("link", { name: "Paint" })).toBeFocused();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(column(home, "Completed").getByRole("link")).toHaveText(["Paint"]);
    await expect(tasks.link("Paint")).toBeFocused();
  });

  test("the card's menu moves it", async ({ home, tasks, isMobile }) => {
    await home.getByRole("button", { name: "More for “Paint”" }).click();
    await home.getByRole("menuitemcheckbox", { name: "In progress" }).click();
    await expectMoveSaid(home, "Moved “Paint” to In progress");
    if (isMobile) {
      await expect(tasks.link("Paint")).toBeHidden();
      await home.getByRole("tab", { name: /In progress/ }).click();
    }
    await expect(column(home, "In progress").getByRole("link", { name: "Paint" })).toBeVisible();
  });
});

/** A day in the zone of these tests, so many days from now, and how it reads. */
function day(offset: number): string {
  const date = new Date(Date.now() + offset * 86_400_000);
  return date.toLocaleDateString("en-CA", { timeZone: "Europe/Paris" });
}

test.describe("in upcoming days", () => {
  test("a row is dragged to another day", async ({ home, api, tasks, isMobile }) => {
    test.skip(isMobile, "A finger scrolls; the menu moves.");
    const id = await api.addTask({ title: "Paint", due_date: day(0) });
    await tasks.goto("/upcoming");
    await dragTo(home, tasks.row("Paint"), home.locator(`[data-drop="${day(2)}"]`));
    await expect(home.locator(`[data-drop="${day(2)}"]`)).toContainText("Paint");
    await expectMoveSaid(home, "Moved “Paint” to");
    await expect.poll(() => api.task(id)).toMatchObject({ due_date: day(2) });
  });

  test("Alt and an arrow, or the menu, do the same", async ({ home, api, tasks, isMobile }) => {
    await api.addTask({ title: "Paint", due_date: day(0) });
    await tasks.goto("/upcoming");
    await home.getByRole("button", { name: "More for “Paint”" }).click();
    await home.getByRole("menuitem", { name: "Tomorrow" }).click();
    await expect(home.locator(`[data-drop="${day(1)}"]`)).toContainText("Paint");
    await expectMoveSaid(home, "Moved “Paint” to Tomorrow");
    if (isMobile) return;
    await tasks.whenKeysWork();
    await tasks.link("Paint").focus();
    await home.keyboard.press("Alt+ArrowUp");
    await expectMoveSaid(home, "Moved “Paint” to Today");
    await expect(tasks.link("Paint")).toBeFocused();
    await home.keyboard.press("Alt+ArrowUp");
    await expect(said(home, "There is nothing before this.")).toBeAttached();
    await expect(home.locator(`[data-drop="${day(0)}"]`)).toContainText("Paint");
  });
});

/** Even for a moment another task must not have the focus: a key that is held would move it. */
function noteFocusedTasks(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.addEventListener("focusin", ({ target }) => {
      const name = (target as Element).closest("[data-row]")?.textContent;
      if (name) document.body.dataset.focused = `${document.body.dataset.focused ?? ""}${name}\n`;
    });
  });
}

async function focusedTasks(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => document.body.dataset.focused ?? "");
  return [...new Set(names.split("\n").filter(Boolean))];
}

test.describe("in the calendar", () => {
  test.beforeEach(async ({ home: _home, api, tasks }) => {
    await api.addTask({ title: "Paint", due_date: "2027-02-27" });
    await tasks.goto("/calendar?month=2027-02");
  });

  test("a chip is dragged to another day", async ({ home, tasks, isMobile }) => {
    test.skip(isMobile, "A finger scrolls; the menu moves.");
    await dragTo(home, tasks.row("Paint"), home.locator('[data-drop="2027-02-10"]'));
    await expect(home.locator('[data-drop="2027-02-10"]')).toContainText("Paint");
    await expectMoveSaid(home, "Moved “Paint” to 10 Feb 2027");
  });

  test("Alt and an arrow move by a day or a week, over the end of the month", async ({
    home,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "There is no Alt key on a phone.");
    await tasks.whenKeysWork();
    await tasks.link("Paint").focus();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(home.locator('[data-drop="2027-02-28"]')).toContainText("Paint");
    await expect(tasks.link("Paint")).toBeFocused();
    await home.keyboard.press("Alt+ArrowDown");
    await expect(home).toHaveURL(/month=2027-03/);
    await expect(home.locator('[data-drop="2027-03-07"]')).toContainText("Paint");
    await expect(tasks.link("Paint")).toBeFocused();
    await expectMoveSaid(home, "Moved “Paint” to 7 Mar 2027");
  });

  test("onto and over full days it is the same task that moves, and it keeps the focus", async ({
    home,
    api,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "There is no Alt key on a phone.");
    const others: number[] = [];
    for (const hour of [10, 11, 12, 13, 14, 15])
      others.push(
        await api.addTask({
          title: `At ${hour}`,
          due_date: "2027-02-28",
          due_time: `${hour}:00`,
        }),
      );
    await expect(home.getByRole("button", { name: /^3 more on/ })).toBeVisible();
    await tasks.whenKeysWork();
    await tasks.link("Paint").focus();
    await noteFocusedTasks(home);
    await home.keyboard.press("Alt+ArrowRight");
    await expect(home.locator('[data-drop="2027-02-28"]')).toContainText("Paint");
    await expect(tasks.link("Paint")).toBeFocused();
    await home.keyboard.press("Alt+ArrowRight");
    await expect(home).toHaveURL(/month=2027-03/);
    await expect(home.locator('[data-drop="2027-03-01"]')).toContainText("Paint");
    await expect(tasks.link("Paint")).toBeFocused();
    expect(await focusedTasks(home)).toEqual(["Paint"]);
    for (const id of others) expect(await api.task(id)).toMatchObject({ due_date: "2027-02-28" });
  });

  test("the menu in the day's list does the same", async ({ home }) => {
    await home.getByRole("button", { name: "Saturday 27 February, 1 task" }).click();
    await home.getByRole("button", { name: "More for “Paint”" }).click();
    await home.getByRole("menuitem", { name: "Tomorrow" }).click();
    await expectMoveSaid(home, "Moved “Paint” to Tomorrow");
  });
});
