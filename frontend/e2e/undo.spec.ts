import type { Locator, Page } from "@playwright/test";
import { hold } from "./support/hold";
import type { Api } from "./support/people";
import { expect, test } from "./support/test";

/** Everything of a task that a person can see; versions and stamps always go on. */
function content(task: Record<string, unknown>): Record<string, unknown> {
  const { version: _version, updated_at: _updated, ...rest } = task;
  return rest;
}

test("completing, editing and deleting offer Undo, and the server is as it was", async ({
  home,
  api,
  tasks,
}) => {
  test.slow();
  const id = await api.addTask({ title: "Pay rent", priority: "low", labels: ["home"] });
  const before = content(await api.task(id));
  await tasks.goto("/tasks");
  const isAsBefore = () =>
    expect.poll(async () => content(await api.task(id).catch(() => ({})))).toEqual(before);

  await test.step("completing", async () => {
    await tasks.completeButton("Pay rent").click();
    await expect.poll(async () => (await api.task(id)).status).toBe("completed");
    await tasks.toast("Completed “Pay rent”").getByRole("button", { name: "Undo" }).click();
    await expect(tasks.completeButton("Pay rent")).toBeVisible();
    await isAsBefore();
  });

  await test.step("editing, by the key", async () => {
    const panel = await tasks.open("Pay rent");
    await tasks.choose(panel.getByRole("button", { name: /^Priority/ }), "High");
    await expect(tasks.toast("Changed “Pay rent”")).toBeVisible();
    await expect.poll(async () => (await api.task(id)).priority).toBe("high");
    const title = panel.getByLabel("Title", { exact: true });
    await title.fill("Pay the rent");
    await title.press("Enter");
    await expect.poll(async () => (await api.task(id)).title).toBe("Pay the rent");
    await tasks.closePanel();
    await home.keyboard.press("Control+z");
    await home.keyboard.press("Control+z");
    await expect(tasks.link("Pay rent")).toBeVisible();
    await isAsBefore();
  });

  await test.step("deleting", async () => {
    await tasks.link("Pay rent").focus();
    await home.keyboard.press("#");
    await expect(tasks.link("Pay rent")).toBeHidden();
    await tasks.toast("to the trash").getByRole("button", { name: "Undo" }).click();
    await expect(tasks.link("Pay rent")).toBeVisible();
    await isAsBefore();
  });
});

test.describe("when somebody else writes, too", () => {
  test.use({ tolerated: /status of 412/ });

  test("undoing an edit leaves what somebody else did to other fields", async ({
    home,
    api,
    tasks,
  }) => {
    const id = await api.addTask({ title: "Shared", priority: "low" });
    await tasks.goto(`/tasks?task=${id}`);
    await tasks.choose(tasks.panel().getByRole("button", { name: /^Priority/ }), "High");
    await expect.poll(async () => (await api.task(id)).priority).toBe("high");
    await api.changeTask(id, { description: "Theirs" });
    await tasks.toast("Changed “Shared”").getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await api.task(id)).priority).toBe("low");
    expect((await api.task(id)).description).toBe("Theirs");
    await expect(home.getByRole("dialog", { name: "Changed in two places" })).toHaveCount(0);
  });
});

test.describe("with something completed before", () => {
  let ids: number[] = [];
  const statuses = (api: Api) =>
    Promise.all(
      ids.map(async (id) => (await api.task(id).catch(() => ({ status: "away" }))).status),
    );

  test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
    ids = [];
    for (const [n, title] of ["First", "Second", "Third"].entries())
      ids.push(await api.addTask({ title, due_date: `2199-01-0${n + 1}` }));
    await tasks.goto("/tasks");
    await expect(tasks.link("Third")).toBeVisible();
    await tasks.whenKeysWork();
    await tasks.completeButton("First").click();
    await expect.poll(() => statuses(api)).toEqual(["completed", "pending", "pending"]);
  });

  test("the key takes back a bulk that is still on its way, and nothing before it", async ({
    home,
    api,
    tasks,
  }) => {
    const release = await hold(home, "**/api/tasks/bulk/");
    await tasks.link("Second").focus();
    await home.keyboard.press("x");
    await home.keyboard.press("Shift+J");
    await home.keyboard.press("#");
    await expect(tasks.link("Second")).toBeHidden();
    await home.keyboard.press("Control+z");
    await expect(tasks.link("Second")).toBeVisible();
    await expect(tasks.link("Third")).toBeVisible();
    await expect(tasks.completeButton("First")).toBeHidden();
    release();
    await expect(tasks.toast("Changed 2 tasks back")).toBeVisible();
    expect(await statuses(api)).toEqual(["completed", "pending", "pending"]);
  });

  test("so it does with a text that is still on its way", async ({ home, api, tasks }) => {
    const id = ids[1] as number;
    const release = await hold(home, new RegExp(`/api/tasks/${id}/$`));
    const panel = await tasks.open("Second");
    const title = panel.getByLabel("Title", { exact: true });
    await title.fill("Renamed");
    await title.press("Enter");
    await tasks.closePanel();
    await expect(tasks.link("Renamed")).toBeVisible();
    await home.keyboard.press("Control+z");
    await expect(tasks.link("Second")).toBeVisible();
    release();
    await expect.poll(() => api.task(id)).toMatchObject({ title: "Second", version: 3 });
    expect(await statuses(api)).toEqual(["completed", "pending", "pending"]);
  });
});

test.describe("as time goes by", () => {
  /** From here on time passes only where a test says so. */
  test.beforeEach(async ({ home, api, tasks }) => {
    for (const title of ["First", "Second", "Third", "Fourth"]) await api.addTask({ title });
    await home.clock.install();
    await tasks.goto("/tasks");
    await expect(tasks.link("First")).toBeVisible();
    await tasks.whenKeysWork();
    await home.clock.pauseAt(Date.now() + 60_000);
  });

  /** What is drawn takes a few frames. */
  const soon = (page: Page, check: () => Promise<void>) =>
    expect(async () => {
      await page.clock.runFor(30);
      await check();
    }).toPass({ intervals: [10] });
  const isShown = (toast: Locator) => () => expect(toast).toBeVisible({ timeout: 50 });
  const isGone = (toast: Locator) => () => expect(toast).toBeHidden({ timeout: 50 });

  test("Undo stays for 8 seconds, and the key undoes after that, too", async ({
    home,
    api,
    tasks,
  }) => {
    const toast = tasks.toast("Completed “First”");
    await tasks.completeButton("First").click();
    await soon(home, isShown(toast));
    await home.clock.fastForward(7_000);
    await expect(toast.getByRole("button", { name: "Undo" })).toBeVisible();
    await home.clock.fastForward(1_000);
    await soon(home, isGone(toast));
    await home.keyboard.press("Control+z");
    await soon(home, isShown(tasks.completeButton("First")));
    await expect
      .poll(async () => (await api.tasks()).map(({ status }) => status))
      .toEqual(["pending", "pending", "pending", "pending"]);
  });

  test("of many in a row the first can be undone as long as the last", async ({ home, tasks }) => {
    const toast = (title: string) => tasks.toast(`Completed “${title}”`);
    await tasks.completeButton("First").click();
    await soon(home, isShown(toast("First")));
    await home.clock.fastForward(5_000);
    const later = ["Second", "Third", "Fourth"];
    for (const title of later) {
      await tasks.completeButton(title).click();
      await soon(home, isShown(toast(title)));
    }
    await soon(home, isGone(toast("First")));
    await home.clock.fastForward(6_000);
    for (const title of ["Fourth", "First"]) {
      await soon(home, isShown(toast(title)));
      await toast(title).getByRole("button", { name: "Undo" }).click();
      await soon(home, isShown(tasks.completeButton(title)));
    }
  });
});

test("in a text field Ctrl+Z is the field's own", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Keep me done" });
  await tasks.goto("/");
  await tasks.completeButton("Keep me done").click();
  await expect.poll(async () => (await api.task(id)).status).toBe("completed");
  const field = home.getByRole("combobox", { name: "Add a task" });
  await field.pressSequentially("typed");
  await field.press("Control+z");
  await expect(field).not.toHaveValue("typed");
  expect((await api.task(id)).status).toBe("completed");
});
