import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ tolerated: /status of 401|WebSocket/ });

const dialog = (page: Page) => page.getByRole("dialog", { name: "Your session ended" });

async function signInAgain(page: Page, password: string): Promise<void> {
  await dialog(page).getByLabel("Password", { exact: true }).fill(password);
  await dialog(page).getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog(page)).toBeHidden();
}

test("a half-typed form stays under the question for the password", async ({
  home,
  api,
  tasks,
  person,
  expectAccessible,
}) => {
  await tasks.goto("/tasks?task=new");
  const title = home.getByLabel("Title", { exact: true });
  const description = home.getByRole("textbox", { name: "Description" });
  await title.fill("Half a plan");
  await description.fill("In three st");
  await api.endOtherSessions();
  await expect(dialog(home)).toContainText(person.username);
  await expectAccessible(home, "[data-layer]");
  await home.keyboard.press("Escape");
  await expect(dialog(home)).toBeVisible();
  await expect(home).toHaveURL(/\/tasks\?task=new$/);

  await signInAgain(home, person.password);
  await expect(title).toHaveValue("Half a plan");
  await expect(description).toHaveValue("In three st");
  await description.fill("In three steps");
  await home.getByRole("button", { name: "Add task", exact: true }).click();
  await expect(tasks.link("Half a plan")).toBeVisible();
  await expect
    .poll(async () => (await api.tasks()).map((task) => task.title))
    .toEqual(["Half a plan"]);
});

test.describe("where the end is noticed only by the next request", () => {
  test.beforeEach(async ({ home }) => {
    // A line that stays open and says nothing.
    await home.routeWebSocket(/\/ws\/$/, () => undefined);
  });

  test("an edit waits for the password and goes once", async ({ home, api, tasks, person }) => {
    const id = await api.addTask({ title: "Before" });
    await tasks.goto(`/tasks?task=${id}`);
    const title = tasks.panel().getByLabel("Title", { exact: true });
    await title.fill("Half a thought");
    await api.endOtherSessions();
    await title.press("Enter");
    await expect(dialog(home)).toBeVisible();
    await expect(title).toHaveValue("Half a thought");
    expect((await api.task(id)).title).toBe("Before");

    await signInAgain(home, person.password);
    await expect.poll(async () => (await api.task(id)).title).toBe("Half a thought");
    await expect(title).toHaveValue("Half a thought");
    expect((await api.task(id)).version).toBe(2);
  });

  test("so does a bulk", async ({ home, api, tasks, person }) => {
    for (const title of ["First", "Second"]) await api.addTask({ title });
    await tasks.goto("/tasks");
    await expect(tasks.link("First")).toBeVisible();
    await tasks.whenKeysWork();
    let taken = 0;
    home.on("response", (response) => {
      if (response.url().endsWith("/api/tasks/bulk/") && response.ok()) taken += 1;
    });
    await home.keyboard.press("j");
    await home.keyboard.press("Control+a");
    await home.waitForLoadState("networkidle");
    await api.endOtherSessions();
    await home.keyboard.press("#");
    await expect(dialog(home)).toBeVisible();
    expect(await api.count()).toBe(2);
    await signInAgain(home, person.password);
    await expect.poll(() => api.count()).toBe(0);
    await expect(tasks.link("First")).toBeHidden();
    expect(taken).toBe(1);
  });

  test("a new task waits for the password and is made once", async ({
    home,
    api,
    tasks,
    person,
  }) => {
    await tasks.goto("/tasks");
    let made = 0;
    home.on("response", (response) => {
      if (response.request().method() === "POST" && response.status() === 201) made += 1;
    });
    const field = await tasks.startAdding();
    await field.fill("Written down in time");
    // Nothing else may notice the end before this does.
    await home.waitForLoadState("networkidle");
    await api.endOtherSessions();
    await field.press("Enter");
    await expect(dialog(home)).toBeVisible();
    await signInAgain(home, person.password);
    await expect(tasks.link("Written down in time")).toBeVisible();
    await expect.poll(() => api.count()).toBe(1);
    expect(made).toBe(1);
  });
});
