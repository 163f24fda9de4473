import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ tolerated: /Broken on purpose|status of 404|dynamically imported module|preload/ });

/** Answers a part of the program with one that breaks as soon as it is shown. */
async function breakPart(page: Page, chunk: RegExp, name: string): Promise<void> {
  const body = `export function ${name}() { throw new Error("Broken on purpose"); }`;
  await page.route(chunk, (route) => route.fulfill({ contentType: "text/javascript", body }));
}

/** As after a deploy: the file of the last version is gone. */
async function removePart(page: Page, chunk: RegExp): Promise<void> {
  await page.route(chunk, (route) => route.fulfill({ status: 404, body: "" }));
}

const PANEL = /\/assets\/task-panel-[\w-]+\.js$/;
const BOARD = /\/assets\/board-page-[\w-]+\.js$/;
const TRASH = /\/assets\/trash-page-[\w-]+\.js$/;

test("a panel that crashes leaves the list and the navigation usable", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  await api.addTask({ title: "Open me" });
  const id = await api.addTask({ title: "Complete me" });
  await breakPart(home, PANEL, "TaskPanel");
  await tasks.goto("/tasks");
  await tasks.link("Open me").click();
  const crashed = home.getByRole("alert").filter({ hasText: "This panel stopped working" });
  await expect(crashed).toBeVisible();
  await expectAccessible(home);
  const list = await home.getByRole("main").boundingBox();
  if (isMobile) expect(list?.width).toBe(home.viewportSize()?.width);
  await tasks.completeButton("Complete me").click();
  await expect.poll(async () => (await api.task(id)).status).toBe("completed");
  await crashed.getByRole("button", { name: "Close" }).click();
  await expect(crashed).toBeHidden();
  await expect(tasks.link("Open me")).toBeFocused();
  await tasks.link("Open me").click();
  await expect(crashed).toBeVisible();
  await tasks.goTo("Today");
  await expect(crashed).toBeHidden();
  await expect(tasks.link("Open me")).toBeVisible();
});

test("a page that crashes says so inside the layout, and another one opens", async ({
  home,
  api,
  tasks,
  expectAccessible,
}) => {
  await api.addTask({ title: "Still here" });
  await breakPart(home, TRASH, "TrashPage");
  await tasks.goto("/");
  await tasks.press("Trash");
  await expect(home.getByRole("alert")).toContainText("Something broke on this page");
  await expect(home.getByRole("button", { name: "Reload" })).toBeVisible();
  await expect(home.getByRole("heading", { level: 1 })).toBeFocused();
  await expectAccessible(home);
  await tasks.goTo("Today");
  await expect(tasks.link("Still here")).toBeVisible();
});

test.describe("what is half typed", () => {
  test.skip(({ isMobile }) => isMobile, "It is kept there as well, and typed elsewhere.");

  test("a panel whose code left with a deploy offers the new version, and typed text stays", async ({
    home,
    api,
    tasks,
  }) => {
    await api.addTask({ title: "Open me" });
    await removePart(home, PANEL);
    await tasks.goto("/tasks");
    const line = home.getByRole("combobox", { name: "Add a task" });
    await line.fill("Half a thought");
    await tasks.link("Open me").click();
    const old = home.getByRole("alert").filter({ hasText: "There is a new version" });
    await expect(old).toBeVisible();
    await expect(line).toHaveValue("Half a thought");
    await home.unroute(PANEL);
    await old.getByRole("button", { name: "Reload" }).click();
    await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Open me");
    await expect(line).toHaveValue("Half a thought");
  });

  test("a page whose code left with a deploy offers the new version, and typed text waits where it was", async ({
    home,
    api,
    tasks,
  }) => {
    await tasks.goto("/tasks?task=new");
    await home.getByLabel("Title", { exact: true }).fill("A plan");
    await home.getByRole("textbox", { name: "Description" }).fill("In three steps");
    await removePart(home, BOARD);
    await home.getByRole("navigation").getByRole("link", { name: "Board" }).click();
    await expect(home.getByRole("alert")).toContainText("There is a new version");
    await home.unroute(BOARD);
    await home.getByRole("button", { name: "Reload" }).click();
    await expect(home.getByRole("heading", { level: 1, name: "Board" })).toBeVisible();

    await tasks.goto("/tasks?task=new");
    await expect(home.getByLabel("Title", { exact: true })).toHaveValue("A plan");
    await expect(home.getByRole("textbox", { name: "Description" })).toHaveValue("In three steps");
    await home.getByRole("button", { name: "Add task", exact: true }).click();
    await expect(tasks.link("A plan")).toBeVisible();
    await home.reload();
    await expect(home.getByLabel("Title", { exact: true })).toHaveValue("");
    expect(await api.tasks()).toHaveLength(1);
  });

  test("what was half typed is nobody's after signing out", async ({ home, auth, tasks }) => {
    await tasks.goto("/tasks");
    await home.getByRole("combobox", { name: "Add a task" }).fill("Private");
    await expect
      .poll(() => home.evaluate(() => JSON.stringify(sessionStorage)))
      .toContain("Private");
    await auth.signOut();
    expect(await home.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Private");
  });
});
