import type { Locator, Page } from "@playwright/test";
import type { Api } from "./support/people";
import { expect, test } from "./support/test";

const DAY = "2199-01-0";

test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
  for (const n of [1, 2, 3, 4]) await api.addTask({ title: `Task ${n}`, due_date: `${DAY}${n}` });
  await tasks.goto("/tasks");
  await expect(tasks.link("Task 4")).toBeVisible();
  await tasks.whenKeysWork();
});

test("j and k move, arrows go on from there, and Enter opens", async ({ home, tasks }) => {
  await home.keyboard.press("j");
  await expect(tasks.link("Task 1")).toBeFocused();
  await home.keyboard.press("j");
  await home.keyboard.press("ArrowDown");
  await expect(tasks.link("Task 3")).toBeFocused();
  await home.keyboard.press("k");
  await home.keyboard.press("ArrowUp");
  await home.keyboard.press("k");
  await expect(tasks.link("Task 1")).toBeFocused();
  await home.keyboard.press("Enter");
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Task 1");
});

test("e completes and the next row is current, s starts and # moves to the trash", async ({
  home,
  api,
  tasks,
}) => {
  await home.keyboard.press("j");
  await home.keyboard.press("e");
  await expect(tasks.link("Task 1")).toBeHidden();
  await expect(tasks.link("Task 2")).toBeFocused();
  await home.keyboard.press("s");
  await home.keyboard.press("j");
  await home.keyboard.press("#");
  await expect(tasks.link("Task 3")).toBeHidden();
  await expect(tasks.link("Task 4")).toBeFocused();
  await expect
    .poll(async () => (await api.tasks()).map(({ title, status }) => `${title} ${status}`).sort())
    .toEqual(["Task 1 completed", "Task 2 in_progress", "Task 4 pending"]);
});

test("d, p and l choose beside the row, and focus returns to it where it went", async ({
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Somewhere", due_date: "2198-01-01" });
  await expect(tasks.link("Somewhere")).toBeVisible();
  await home.keyboard.press("j");
  await expect(tasks.link("Somewhere")).toBeFocused();

  await home.keyboard.press("p");
  await home.getByRole("menuitemcheckbox", { name: "High" }).press("Enter");
  await expect(home.getByRole("menu")).toBeHidden();
  await expect(tasks.link("Somewhere")).toBeFocused();

  await home.keyboard.press("l");
  const labels = home.getByRole("dialog", { name: "Labels" });
  await labels.getByLabel("Add label").fill("home");
  await labels.getByLabel("Add label").press("Enter");
  await home.keyboard.press("Escape");
  await expect(labels).toBeHidden();
  await expect(tasks.link("Somewhere")).toBeFocused();

  await home.keyboard.press("d");
  const due = home.getByRole("dialog", { name: "Set due date" });
  await due.getByRole("button", { name: "Today" }).click();
  await expect(tasks.group("Today").getByText("Somewhere")).toBeVisible();
  await expect(tasks.link("Somewhere")).toBeFocused();
  await expect.poll(() => api.task(id)).toMatchObject({ priority: "high", labels: ["home"] });
});

test("x selects, Shift extends, and Esc clears", async ({ home, tasks, expectAccessible }) => {
  const bar = home.getByRole("toolbar", { name: "Selected tasks" });
  await home.keyboard.press("j");
  await home.keyboard.press("x");
  await expect(bar).toContainText("1 selected");
  await home.keyboard.press("Shift+J");
  await home.keyboard.press("Shift+J");
  await expect(bar).toContainText("3 selected");
  await expect(tasks.link("Task 3")).toBeFocused();
  await expectAccessible(home);
  await expect(home.getByRole("checkbox", { name: "Select “Task 2”" })).toBeChecked();
  await home.keyboard.press("Shift+K");
  await expect(bar).toContainText("2 selected");
  await home.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await tasks.link("Task 1").click({ modifiers: ["Shift"] });
  await tasks.link("Task 4").click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 selected");
});

test("a selection is changed, deleted and brought back as one", async ({ home, api, tasks }) => {
  await home.keyboard.press("j");
  await home.keyboard.press("x");
  await home.keyboard.press("Shift+J");
  await home.keyboard.press("Shift+J");
  await home.keyboard.press("p");
  await home.getByRole("menuitemcheckbox", { name: "High" }).click();
  await expect(tasks.toast("Changed 3 tasks")).toBeVisible();
  // Above where the bar is when the list fills the window.
  await expect.poll(() => gapBelow(home, tasks.toast("Changed 3 tasks"))).toBeGreaterThan(80);
  const priorities = async () =>
    Promise.all((await api.tasks()).map(async ({ id }) => (await api.task(id)).priority));
  await expect
    .poll(async () => (await priorities()).filter((one) => one === "high"))
    .toHaveLength(3);
  await home.keyboard.press("#");
  await expect(tasks.toast("Moved 3 tasks to the trash")).toBeVisible();
  await expect(tasks.link("Task 1")).toBeHidden();
  await tasks.toast("Moved 3 tasks").getByRole("button", { name: "Undo" }).click();
  await expect(tasks.link("Task 3")).toBeVisible();
  await home.keyboard.press("Control+z");
  await expect(tasks.toast("Changed 3 tasks back").last()).toBeVisible();
  await expect.poll(priorities).toEqual(["medium", "medium", "medium", "medium"]);
});

test("many are completed, and are as they were by Undo", async ({ home, api, tasks }) => {
  const statuses = async () => (await api.tasks()).map(({ status }) => status);
  await home.keyboard.press("j");
  await home.keyboard.press("Control+a");
  await home.keyboard.press("e");
  await expect(tasks.link("Task 1")).toBeHidden();
  await expect.poll(statuses).toEqual(Array(4).fill("completed"));
  await tasks.toast("Completed 4 tasks").getByRole("button", { name: "Undo" }).click();
  await expect(tasks.completeButton("Task 4")).toBeVisible();
  await expect.poll(statuses).toEqual(Array(4).fill("pending"));
});

test("many get a label beside their own, and have only theirs again by Undo", async ({
  home,
  api,
  tasks,
}) => {
  const [first, second] = await Promise.all(
    [1, 2].map((n) =>
      api.addTask({ title: `Own ${n}`, labels: [`own${n}`], due_date: "2198-01-01" }),
    ),
  );
  const labels = async () =>
    Promise.all([first, second].map(async (id) => (await api.task(id ?? 0)).labels));
  await expect(tasks.link("Own 1")).toBeVisible();
  await expect(tasks.link("Own 2")).toBeVisible();
  await home.keyboard.press("j");
  await home.keyboard.press("x");
  await home.keyboard.press("Shift+J");
  await home.keyboard.press("l");
  const field = home.getByRole("dialog", { name: "Labels" }).getByLabel("Add label");
  await field.fill("shared");
  await field.press("Enter");
  await expect.poll(labels).toEqual([
    ["own1", "shared"],
    ["own2", "shared"],
  ]);
  await home.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await tasks.toast("Changed 2 tasks").getByRole("button", { name: "Undo" }).click();
  await expect.poll(labels).toEqual([["own1"], ["own2"]]);
});

test.describe("of several tasks' dates", () => {
  test.beforeEach(async ({ home, api, tasks }) => {
    await api.addTask({ title: "Late train", due_date: "2198-01-01", due_time: "17:30" });
    await api.addTask({ title: "Later train", due_date: "2198-01-02", due_time: "18:45" });
    await expect(tasks.link("Late train")).toBeVisible();
    await expect(tasks.link("Later train")).toBeVisible();
    await home.keyboard.press("j");
    await home.keyboard.press("x");
    await home.keyboard.press("Shift+J");
  });

  const trains = async (api: Api) => {
    const rows = (await api.tasks()).filter(({ title }) => title.endsWith("train"));
    const due = await Promise.all(rows.map(({ id }) => api.task(id)));
    return due.map(({ due_date, due_time }) => `${due_date} ${due_time}`).sort();
  };

  test("another day leaves each its time", async ({ home, api }) => {
    await home.keyboard.press("d");
    const due = home.getByRole("dialog", { name: "Set due date" });
    await due.getByLabel("Date", { exact: true }).fill("2199-05-05");
    await due.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => trains(api)).toEqual(["2199-05-05 17:30", "2199-05-05 18:45"]);
    await home.keyboard.press("d");
    await due.getByRole("button", { name: "Tomorrow" }).click();
    await expect
      .poll(() => trains(api))
      .toEqual([expect.stringMatching(/^20.* 17:30$/), expect.stringMatching(/^20.* 18:45$/)]);
  });

  test("another time leaves each its day, and is one of today where there is none", async ({
    home,
    api,
    tasks,
  }) => {
    await api.addTask({ title: "Some train" });
    await tasks.link("Some train").focus();
    await home.keyboard.press("x");
    await expect(home.getByRole("toolbar")).toContainText("3 selected");
    await home.keyboard.press("d");
    const due = home.getByRole("dialog", { name: "Set due date" });
    await due.getByLabel("Time", { exact: true }).fill("09:15");
    await due.getByRole("button", { name: "Done" }).click();
    await expect
      .poll(() => trains(api))
      .toEqual([expect.stringMatching(/^20.* 09:15$/), "2198-01-01 09:15", "2198-01-02 09:15"]);
  });
});

test.describe("when the server fails", () => {
  test.use({ tolerated: /status of 500/ });

  test("many rows come back, and can be tried again", async ({ home, api, tasks }) => {
    const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
    await home.route("**/api/tasks/bulk/", (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body }),
    );
    await home.keyboard.press("j");
    await home.keyboard.press("Control+a");
    await home.keyboard.press("#");
    const failure = tasks.toast("4 tasks were not saved");
    await expect(failure).toBeVisible();
    await expect(tasks.link("Task 1")).toBeVisible();
    await expect(tasks.link("Task 4")).toBeVisible();
    await expect(tasks.toast("Moved 4 tasks")).toBeHidden();
    await home.unroute("**/api/tasks/bulk/");
    await failure.getByRole("button", { name: "Retry" }).click();
    await expect.poll(() => api.tasks()).toEqual([]);
    await expect(tasks.toast("Moved 4 tasks")).toBeVisible();
  });
});

test("each key stands in the row's menu beside what it does", async ({ home, tasks }) => {
  await tasks.row("Task 2").hover();
  await home.getByRole("button", { name: "More for “Task 2”" }).click();
  const menu = home.getByRole("menu", { name: "More for “Task 2”" });
  for (const [name, key] of [
    ["Complete", "E"],
    ["Start", "S"],
    ["Due date…", "D"],
    ["Labels…", "L"],
    ["Select", "X"],
    ["Move to trash", "#"],
  ] as const) {
    await expect(menu.getByRole("menuitem", { name })).toContainText(key);
  }
  await menu.getByRole("menuitem", { name: "Due date…" }).click();
  const due = home.getByRole("dialog", { name: "Set due date" });
  await expect(due).toBeVisible();
  await home.keyboard.press("Escape");
  await expect(tasks.link("Task 2")).toBeFocused();
});

/** Pixels from a thing's lower edge to the window's. */
async function gapBelow(page: Page, thing: Locator): Promise<number> {
  const box = await thing.boundingBox();
  const height = await page.evaluate(() => window.innerHeight);
  return box ? height - box.y - box.height : Number.NaN;
}
