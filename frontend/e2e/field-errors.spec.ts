import { truncateSync, writeFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ tolerated: /status of 400/ });

async function refuse(page: Page, url: RegExp, method: string, pointers: Record<string, string>) {
  await page.route(url, (route) => {
    if (route.request().method() !== method) return route.fallback();
    const errors = Object.entries(pointers).map(([pointer, detail]) => ({
      pointer,
      code: "invalid",
      detail,
    }));
    const body = { title: "No", status: 400, code: "validation_error", detail: "No", errors };
    return route.fulfill({
      status: 400,
      contentType: "application/problem+json",
      body: JSON.stringify(body),
    });
  });
}

async function expectInvalid(field: Locator, words: string | RegExp): Promise<void> {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(words);
}

test("signing up: every wrong field says why, and the first has the focus", async ({ page }) => {
  await page.goto("/register");
  await page.getByRole("button", { name: "Create account" }).click();
  const username = page.getByLabel("Username");
  await expectInvalid(username, /./);
  await expectInvalid(page.getByLabel("Password", { exact: true }), /./);
  await expect(username).toBeFocused();

  await refuse(page, /\/api\/auth\/register\//, "POST", { "/email": "Another address, please." });
  await username.fill("somebody_new");
  await page.getByLabel("E-mail").fill("a@example.org");
  await page.getByLabel("Password", { exact: true }).fill("Correct-horse-7-battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await expectInvalid(page.getByLabel("E-mail"), "Another address, please.");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(username).not.toHaveAttribute("aria-invalid");
});

test("a new task: what is missing, and what the server refuses", async ({ home, tasks }) => {
  await tasks.goto("/tasks?task=new");
  const title = home.getByRole("combobox", { name: "Title" });
  await home.getByRole("button", { name: "Add task", exact: true }).click();
  await expectInvalid(title, "A task needs a title.");
  await expect(title).toBeFocused();

  await refuse(home, /\/api\/tasks\/$/, "POST", {
    "/title": "Not that word.",
    "/labels/0": "No such label.",
  });
  await title.fill("Forbidden #x");
  await home.getByRole("textbox", { name: "Description" }).fill("Kept");
  await title.press("Enter");
  await expectInvalid(title, "Not that word.");
  await expect(title).toHaveValue("Forbidden #x");
  await expect(title).toBeFocused();
  await expect(home.getByRole("textbox", { name: "Description" })).toHaveValue("Kept");
  await expect(home.getByText("No such label.")).toBeVisible();
});

test("a new task: the field that was refused has the focus, whichever it is", async ({
  home,
  tasks,
  expectAccessible,
}) => {
  await tasks.goto("/tasks?task=new");
  const title = home.getByRole("combobox", { name: "Title" });
  await refuse(home, /\/api\/tasks\/$/, "POST", { "/labels/0": "No such label." });
  await title.fill("Forbidden #x");
  await title.press("Enter");
  const labels = home.getByRole("combobox", { name: "Add label" });
  await expectInvalid(labels, "No such label.");
  await expect(labels).toBeFocused();
  await expect(title).toHaveValue("Forbidden #x");

  await home.unroute(/\/api\/tasks\/$/);
  await refuse(home, /\/api\/tasks\/$/, "POST", {
    "/due_time": "Not at that time.",
    "/priority": "Not so low.",
    "/status": "Not like this.",
  });
  await title.press("Enter");
  const due = home.getByRole("complementary").getByRole("button", { name: /^Set due date/ });
  await expectInvalid(due, "Not at that time.");
  await expect(due).toBeFocused();
  await expectInvalid(
    home.getByRole("complementary").getByRole("button", { name: /^Priority/ }),
    "Not so low.",
  );
  await expect(home.getByText("Not like this.")).toBeVisible();
  await expect(labels).not.toHaveAttribute("aria-invalid");
  await expectAccessible(home, "aside");
});

test("a change by one press: what the server says against it, and no Retry", async ({
  home,
  api,
  tasks,
}) => {
  const ids = [await api.addTask({ title: "First" }), await api.addTask({ title: "Second" })];
  await refuse(home, /\/api\/tasks\/\d+\/$/, "PATCH", { "/labels/0": "No such label." });
  await refuse(home, /\/api\/tasks\/bulk\/$/, "POST", { "/set/labels/0": "Not for all." });
  await tasks.goto(`/tasks?task=${ids[0]}`);
  const labels = tasks.panel().getByLabel("Add label");
  await labels.fill("x");
  await labels.press("Enter");
  const one = tasks.toast("“First” was not saved: No such label.");
  await expect(one).toBeVisible();
  await expect(one.getByRole("button", { name: "Retry" })).toHaveCount(0);
  await expect(tasks.toast("Changed “First”")).toBeHidden();
  await expect(tasks.panel().getByRole("button", { name: "Remove label x" })).toHaveCount(0);

  await tasks.closePanel();
  await expect(tasks.link("First")).toBeFocused();
  await tasks.whenKeysWork();
  await home.keyboard.press("Control+a");
  await home.keyboard.press("l");
  const shared = home.getByRole("dialog", { name: "Labels" }).getByLabel("Add label");
  await shared.fill("x");
  await shared.press("Enter");
  const many = tasks.toast("2 tasks were not saved: Not for all.");
  await expect(many).toBeVisible();
  await expect(many.getByRole("button", { name: "Retry" })).toHaveCount(0);
});

test("an open task: the text stays where it was typed", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Before" });
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  await title.fill(" ");
  await title.press("Enter");
  await expectInvalid(title, "A task needs a title.");
  await expect(title).toBeFocused();
  await refuse(home, /\/api\/tasks\/\d+\/$/, "PATCH", { "/title": "Not that word." });
  await title.fill("Forbidden");
  await title.press("Enter");
  await expectInvalid(title, "Not that word.");
  await expect(title).toHaveValue("Forbidden");
  await expect(title).toBeFocused();
});

test("an empty or overlong title never leaves the browser", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Good" });
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  await title.fill("   ");
  await title.press("Enter");
  await expect(title).toHaveAccessibleDescription("A task needs a title.");
  await title.fill("x".repeat(201));
  await title.press("Enter");
  await expect(title).toHaveAccessibleDescription("A title has at most 200 characters.");
  expect((await api.task(id)).version).toBe(1);
  await expect(home).toHaveURL(/task=/);
});

test("a file that is too big or empty says so at its field, and the next one may be right", async ({
  home,
  tasks,
}, testInfo) => {
  await tasks.goto("/settings/data");
  const file = home.getByLabel("File");
  const big = testInfo.outputPath("big.csv");
  writeFileSync(big, "");
  truncateSync(big, 20 * 1024 * 1024 + 1);
  await file.setInputFiles(big);
  await expectInvalid(file, /^That file has more than 20 MB/);
  const csv = { name: "t.csv", mimeType: "text/csv" };
  await file.setInputFiles({ ...csv, buffer: Buffer.from("") });
  await expectInvalid(file, /^There is nothing in that file/);
  await file.setInputFiles({ ...csv, buffer: Buffer.from("title\nPay rent") });
  await expect(home.getByRole("button", { name: "Import 1 task" })).toBeVisible();
  await expect(file).not.toHaveAttribute("aria-invalid");
  await expect(file).toHaveAccessibleDescription(/^JSON as exported here/);
});

test.describe("by the server's own check", () => {
  test.use({ tolerated: /status of 40[01]/ });

  test("a taken name and a weak password stand at their fields", async ({
    page,
    api: _registered,
    person,
  }) => {
    await page.goto("/register");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Username")).toBeFocused();
    await expect(page.getByLabel("Username")).toHaveAccessibleDescription("Choose a username.");
    await page.getByLabel("Username").fill(person.username);
    await page.getByLabel("E-mail").fill("fresh@example.org");
    await page.getByLabel("Password", { exact: true }).fill("12345678");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeFocused();
    await expect(page.locator("[aria-invalid=true]").first()).toHaveAccessibleDescription(/./);
  });

  test("a wrong password says so without saying which half is wrong", async ({
    page,
    api: _registered,
    person,
  }) => {
    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("don’t match");
    await expect(page.getByLabel("Username or e-mail")).toHaveValue(person.username);
  });
});
