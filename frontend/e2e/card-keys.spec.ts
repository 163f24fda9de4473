import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";

const column = (page: Page, name: string) =>
  page.getByRole("list", { name: `${name} tasks`, exact: true });

interface View {
  readonly name: string;
  readonly path: string;
  readonly due: string;
}

const views: readonly View[] = [
  { name: "board", path: "/board", due: "2199-02-10" },
  { name: "upcoming days", path: "/upcoming", due: "2026-01-02" },
  { name: "calendar", path: "/calendar?month=2199-02", due: "2199-02-10" },
];

async function whenCardKeysWork(page: Page): Promise<void> {
  await page.locator("body.keys-page.keys-list").waitFor();
}

/** By keys alone from whatever layer a key opened, back to the card. */
async function expectBackAt(layer: Locator, card: Locator): Promise<void> {
  await expect(layer).toBeHidden();
  await expect(card).toBeFocused();
}

for (const { name, path, due } of views) {
  test.describe(`in the ${name} view`, () => {
    test.beforeEach(async ({ home, api, tasks }) => {
      for (const title of ["One", "Two", "Three"]) await api.addTask({ title, due_date: due });
      await tasks.goto(path);
      await expect(tasks.link("Three")).toBeVisible();
      await whenCardKeysWork(home);
    });

    test("a letter changes the focused card, and the focus stays", async ({ home, api, tasks }) => {
      const card = tasks.link("Two");
      await card.focus();
      await home.keyboard.press("p");
      await home.getByRole("menuitemcheckbox", { name: "High" }).press("Enter");
      await expectBackAt(home.getByRole("menu"), card);

      await home.keyboard.press("l");
      const labels = home.getByRole("dialog", { name: "Labels" });
      await labels.getByLabel("Add label").fill("home");
      await labels.getByLabel("Add label").press("Enter");
      await home.keyboard.press("Escape");
      await expectBackAt(labels, card);

      await home.keyboard.press("d");
      const date = home.getByRole("dialog", { name: "Set due date" });
      await expect(date).toBeVisible();
      await home.keyboard.press("Escape");
      await expectBackAt(date, card);
      const saved = async () => {
        const all = await api.tasks();
        return api.task(all.find(({ title }) => title === "Two")?.id ?? 0);
      };
      await expect.poll(saved).toMatchObject({ priority: "high", labels: ["home"] });
    });

    test("# moves it to the trash, and the next card has the focus", async ({ home, tasks }) => {
      const titles = await home.locator("[data-row] [data-part=link]").allTextContents();
      const nameOf = (at: number) =>
        ["One", "Two", "Three"].find((one) => titles[at]?.includes(one));
      await tasks.link(nameOf(1) ?? "").focus();
      await home.keyboard.press("#");
      await expect(tasks.link(nameOf(1) ?? "")).toBeHidden();
      await expect(tasks.link(nameOf(2) ?? "")).toBeFocused();
      await home.keyboard.press("#");
      await expect(tasks.link(nameOf(2) ?? "")).toBeHidden();
      await expect(tasks.link(nameOf(0) ?? "")).toBeFocused();
    });

    test("e completes it, and a card keeps the focus", async ({ home, api, tasks }) => {
      await tasks.link("Two").focus();
      await home.keyboard.press("e");
      const done = async () => (await api.tasks()).filter(({ status }) => status === "completed");
      await expect.poll(async () => (await done()).map(({ title }) => title)).toEqual(["Two"]);
      await expect(home.locator("[data-row] [data-part=link]:focus")).toHaveCount(1);
    });

    test("Enter opens it, and the map of keys names them all", async ({ home, tasks }) => {
      await tasks.link("Two").focus();
      await home.keyboard.press("?");
      const map = home.getByRole("dialog", { name: "Keyboard shortcuts" });
      await expect(map.getByText("Complete or reopen")).toBeVisible();
      await home.keyboard.press("Escape");
      await expectBackAt(map, tasks.link("Two"));
      await home.keyboard.press("Enter");
      await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Two");
    });
  });
}

test("completing on the board goes on to the next card of the column", async ({
  home,
  api,
  tasks,
}) => {
  for (const [at, title] of ["One", "Two", "Three"].entries())
    await api.addTask({ title, due_date: `2199-02-1${at}` });
  await tasks.goto("/board");
  await expect(tasks.link("Three")).toBeVisible();
  await whenCardKeysWork(home);
  await tasks.link("One").focus();
  await home.keyboard.press("j");
  await expect(tasks.link("Two")).toBeFocused();
  await home.keyboard.press("e");
  await expect(column(home, "Completed").getByRole("link", { name: "Two" })).toBeVisible();
  await expect(tasks.link("Three")).toBeFocused();
  await home.keyboard.press("e");
  await expect(column(home, "Completed").getByRole("link", { name: "Three" })).toBeVisible();
  await expect(tasks.link("One")).toBeFocused();
});

test("each key stands in the card's menu, and what it does leaves the focus on a card", async ({
  home,
  api,
  tasks,
}) => {
  for (const title of ["One", "Two"]) await api.addTask({ title });
  await tasks.goto("/board");
  await tasks.row("One").hover();
  await home.getByRole("button", { name: "More for “One”" }).click();
  const menu = home.getByRole("menu", { name: "More for “One”" });
  for (const [name, key] of [
    ["Complete", "E"],
    ["Due date…", "D"],
    ["Labels…", "L"],
    ["Move to trash", "#"],
  ] as const) {
    await expect(menu.getByRole("menuitem", { name })).toContainText(key);
  }
  await menu.getByRole("menuitem", { name: "Move to trash" }).click();
  await expect(tasks.link("One")).toBeHidden();
  await expect(tasks.row("Two").locator(":focus")).toHaveCount(1);
});

test("the letters work on the rows of a calendar's day, too, and nothing under it moves", async ({
  home,
  api,
  tasks,
}) => {
  const due_date = "2199-02-10";
  for (const hour of [10, 11, 12, 13, 14])
    await api.addTask({ title: `At ${hour}`, due_date, due_time: `${hour}:00` });
  await tasks.goto("/calendar?month=2199-02");
  await home.getByRole("button", { name: /^Sunday 10 February, 5 tasks/ }).click();
  await whenCardKeysWork(home);
  const day = home.getByRole("dialog", { name: "Sunday 10 February" });
  const row = (title: string) => day.getByRole("link", { name: title });
  await row("At 13").focus();
  await home.keyboard.press("p");
  await home.getByRole("menuitemcheckbox", { name: "High" }).press("Enter");
  await expectBackAt(home.getByRole("menu"), row("At 13"));
  await home.keyboard.press("d");
  const date = home.getByRole("dialog", { name: "Set due date" });
  await expect(date).toBeVisible();
  await home.keyboard.press("Escape");
  await expectBackAt(date, row("At 13"));
  await home.keyboard.press("Alt+ArrowRight");
  await home.keyboard.press("#");
  await expect(row("At 13")).toBeHidden();
  await expect(row("At 14")).toBeFocused();
  await home.keyboard.press("e");
  await expect(day.getByRole("button", { name: "Reopen “At 14”" })).toBeVisible();
  await expect(row("At 14")).toBeFocused();
  const saved = async () =>
    (await api.tasks()).map(({ title, status }) => `${title} ${status}`).sort();
  await expect
    .poll(saved)
    .toEqual(["At 10 pending", "At 11 pending", "At 12 pending", "At 14 completed"]);
});
