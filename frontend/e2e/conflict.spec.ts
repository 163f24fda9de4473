import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ tolerated: /status of 412|WebSocket/ });

const question = (page: Page) => page.getByRole("dialog", { name: "Changed in two places" });

test("the same field in two places: mine or theirs, and nothing before the answer", async ({
  home,
  api,
  tasks,
  expectAccessible,
}) => {
  const id = await api.addTask({ title: "Before", priority: "low" });
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  await title.fill("Mine");
  await api.changeTask(id, { title: "Theirs" });
  await expect(tasks.panel().getByText("Changed elsewhere while you were typing")).toBeVisible();
  await expect(title).toHaveValue("Mine");
  await title.press("Enter");

  const choice = question(home).getByRole("group", { name: "Title" });
  await expect(choice.getByRole("radio", { name: "Mine Mine" })).toBeChecked();
  await expectAccessible(home, "[data-layer]");
  await home.keyboard.press("Escape");
  await expect(question(home)).toBeVisible();
  expect((await api.task(id)).title).toBe("Theirs");
  await choice.getByRole("radio", { name: "Theirs Theirs" }).check();
  await question(home).getByRole("button", { name: "Keep my choice" }).click();
  await expect(question(home)).toBeHidden();
  await expect(title).toHaveValue("Theirs");
  expect(await api.task(id)).toMatchObject({ title: "Theirs", version: 2 });

  // What lost was never sent, so it is offered here or nowhere.
  await tasks.toast("stays as it was changed").getByRole("button", { name: "Undo" }).click();
  await expect(title).toHaveValue("Mine");
  await expect.poll(async () => (await api.task(id)).title).toBe("Mine");
});

test.describe("with a copy that is out of date", () => {
  test.beforeEach(async ({ home }) => {
    // Deaf to the socket, this browser can't know of the change.
    await home.routeWebSocket(/\/ws\/$/, (socket) => socket.close());
  });

  test("another field is merged without a question", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Shared", priority: "low" });
    await tasks.goto(`/tasks?task=${id}`);
    const priority = tasks.panel().getByRole("button", { name: /^Priority/ });
    await expect(priority).toHaveAccessibleName("Priority: Low");
    await api.changeTask(id, { description: "Theirs" });
    await tasks.choose(priority, "High");
    await expect
      .poll(() => api.task(id))
      .toMatchObject({ priority: "high", description: "Theirs" });
    await expect(question(home)).toHaveCount(0);
  });

  test("mine wins where that is chosen", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Shared", priority: "low" });
    await tasks.goto(`/tasks?task=${id}`);
    const priority = tasks.panel().getByRole("button", { name: /^Priority/ });
    await expect(priority).toHaveAccessibleName("Priority: Low");
    await api.changeTask(id, { priority: "medium" });
    await tasks.choose(priority, "High");
    const choice = question(home).getByRole("group", { name: "Priority" });
    await expect(choice.getByRole("radio", { name: "Theirs Medium" })).not.toBeChecked();
    expect((await api.task(id)).priority).toBe("medium");
    await question(home).getByRole("button", { name: "Keep my choice" }).click();
    await expect.poll(async () => (await api.task(id)).priority).toBe("high");
    await expect(priority).toHaveAccessibleName("Priority: High");
  });

  test("each field has a choice of its own", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Shared", due_date: "2199-01-01", due_time: "08:00" });
    await tasks.goto(`/tasks?task=${id}`);
    const due = tasks.panel().getByRole("button", { name: /^Set due date/ });
    await expect(due).toContainText("08:00");
    await api.changeTask(id, { due_date: "2199-02-02", due_time: "09:00" });
    await due.click();
    const form = home.getByRole("dialog", { name: "Set due date" });
    await form.getByLabel("Date").fill("2199-03-03");
    await form.getByLabel("Time").fill("10:00");
    await form.getByRole("button", { name: "Done" }).click();

    const date = question(home).getByRole("group", { name: "Due date" });
    await date.getByRole("radio", { name: "Theirs 2199-02-02" }).check();
    const time = question(home).getByRole("group", { name: "Due time" });
    await expect(time.getByRole("radio", { name: /^Mine 10:00/ })).toBeChecked();
    await question(home).getByRole("button", { name: "Keep my choice" }).click();
    await expect
      .poll(() => api.task(id))
      .toMatchObject({ due_date: "2199-02-02", due_time: expect.stringMatching(/^10:00/) });
    await expect(due).toContainText("10:00");
  });
});
