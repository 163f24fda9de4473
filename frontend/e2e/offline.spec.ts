import { expect, test } from "./support/test";

test.use({
  serviceWorkers: "allow",
  tolerated: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection/,
});

test("offline a reload shows the lists, keeps what waits, and sends it once when back", async ({
  context,
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "On the train" });
  await tasks.goto("/");
  await expect(tasks.link("On the train")).toBeVisible();
  await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The copy is written a moment after the list has come.
  await expect.poll(() => home.evaluate(countKept)).toBe(1);

  await context.setOffline(true);
  await expect(home.getByText("You’re offline.")).toBeVisible();
  await tasks.completeButton("On the train").click();
  await tasks.add("Thought of on the way");
  await expect(home.getByText("2 changes go out when you’re back.")).toBeVisible();
  await expect.poll(() => home.evaluate(countWaiting)).toBe(2);

  await home.reload();
  await expect(tasks.reopenButton("On the train")).toBeVisible();
  await expect(home.getByText("Thought of on the way")).toBeVisible();
  await expect(home.getByText("2 changes go out when you’re back.")).toBeVisible();

  await context.setOffline(false);
  await expect(home.getByText("You’re offline.")).toBeHidden();
  await expect(tasks.link("Thought of on the way")).toBeVisible();
  await expect.poll(async () => (await api.task(id)).status).toBe("completed");
  expect((await api.task(id)).version).toBe(2);
  expect(await api.tasks()).toHaveLength(2);
  await expect.poll(() => home.evaluate(countWaiting)).toBe(0);
});

test("a second tab sees what waits, and takes over when the first one closes", async ({
  context,
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Shared between tabs" });
  await tasks.goto("/");
  await expect(tasks.link("Shared between tabs")).toBeVisible();
  const second = await context.newPage();
  await second.goto("/");
  await expect(second.getByRole("link", { name: "Shared between tabs" })).toBeVisible();
  await context.setOffline(true);
  await tasks.completeButton("Shared between tabs").click();
  await expect(second.getByText("1 change goes out when you’re back.")).toBeVisible();
  await expect(second.getByRole("button", { name: "Reopen “Shared between tabs”" })).toBeVisible();
  await home.close();
  await context.setOffline(false);
  await expect.poll(async () => (await api.task(id)).status).toBe("completed");
  expect((await api.task(id)).version).toBe(2);
  await expect(second.getByText("You’re offline.")).toBeHidden();
});

test("lists stay readable offline, each by its link, and one change is counted as one", async ({
  context,
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "On the train" });
  await tasks.goto("/");
  await expect(tasks.link("On the train")).toBeVisible();
  await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await expect(home.getByText("You’re offline.")).toBeVisible();
  for (const page of ["All tasks", "Board", "Today"]) {
    await tasks.goTo(page);
    await expect(tasks.link("On the train")).toBeVisible();
  }
  const panel = await tasks.open("On the train");
  await tasks.choose(panel.getByRole("button", { name: /^Priority/ }), "High");
  await expect(home.getByText("1 change goes out when you’re back.")).toBeVisible();
  await context.setOffline(false);
  await expect(home.getByText("You’re offline.")).toBeHidden();
  await expect.poll(() => api.task(id)).toMatchObject({ priority: "high", version: 2 });
});

test.describe("when what was changed offline is refused after a reload", () => {
  test.use({
    tolerated: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection|status of 40[34]/,
  });

  test.beforeEach(async ({ context, home, api, tasks }) => {
    for (const title of ["Kept", "Let go"]) await api.addTask({ title, labels: ["train"] });
    await tasks.goto("/tasks");
    await expect(tasks.link("Let go")).toBeVisible();
    await tasks.whenKeysWork();
    await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => home.evaluate(countKept)).toBe(2);
    await context.setOffline(true);
    await tasks.link("Kept").focus();
    for (const title of ["Kept", "Let go"]) {
      await tasks.link(title).focus();
      await home.keyboard.press("p");
      await home.getByRole("menuitemcheckbox", { name: "High" }).press("Enter");
      await expect(home.getByRole("menu")).toBeHidden();
    }
    await expect.poll(() => home.evaluate(countWaiting)).toBe(2);
    await home.reload();
    await expect(home.getByText("2 changes go out when you’re back.")).toBeVisible();
  });

  test("a task that is gone is kept as a new one, or let go", async ({
    context,
    home,
    api,
    tasks,
  }) => {
    for (const { id } of await api.tasks()) await api.trashTask(id);
    await context.setOffline(false);
    const strip = (title: string) =>
      home
        .getByRole("alert")
        .locator("> *")
        .filter({ hasText: `“${title}” was not saved` });
    await expect(strip("Kept")).toContainText("it has been deleted meanwhile");
    await strip("Let go").getByRole("button", { name: "Discard" }).click();
    await expect(strip("Let go")).toBeHidden();
    await strip("Kept").getByRole("button", { name: "Keep as a new task" }).click();
    await expect(strip("Kept")).toBeHidden();
    await expect(tasks.link("Kept")).toBeVisible();
    await expect.poll(async () => (await api.tasks()).map(({ title }) => title)).toEqual(["Kept"]);
    const [kept] = await api.tasks();
    expect(await api.task(kept?.id ?? 0)).toMatchObject({ priority: "high", labels: ["train"] });
    await expect.poll(() => home.evaluate(countWaiting)).toBe(0);
  });

  test("what is refused for another reason says it, and can be tried again", async ({
    context,
    home,
    api,
  }) => {
    const ids = (await api.tasks()).map(({ id }) => id);
    const body = JSON.stringify({
      title: "No",
      status: 403,
      code: "forbidden",
      detail: "Not now.",
    });
    await home.route(/\/api\/tasks\/\d+\/$/, (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({ status: 403, contentType: "application/problem+json", body })
        : route.fallback(),
    );
    await context.setOffline(false);
    await expect(home.getByText("“Kept” was not saved: Not now.")).toBeVisible();
    await expect(home.getByText("“Let go” was not saved: Not now.")).toBeVisible();
    await home.unroute(/\/api\/tasks\/\d+\/$/);
    await home.getByRole("button", { name: "Try again" }).first().click();
    await home.getByRole("button", { name: "Try again" }).click();
    await expect
      .poll(() => Promise.all(ids.map(async (id) => (await api.task(id)).priority)))
      .toEqual(["high", "high"]);
    await expect(home.getByRole("button", { name: "Try again" })).toHaveCount(0);
  });
});

test("offline a reload shows every view, and an open task", async ({
  context,
  home,
  api,
  tasks,
}) => {
  const today = new Date().toLocaleDateString("en-CA", { timeZone: "Europe/Paris" });
  const id = await api.addTask({ title: "On the train", due_date: today });
  await tasks.goto("/");
  await expect(tasks.link("On the train")).toBeVisible();
  await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => home.evaluate(countKept)).toBe(1);
  await context.setOffline(true);
  for (const path of ["/board", "/upcoming", `/calendar?month=${today.slice(0, 7)}`]) {
    await tasks.goto(path);
    await expect(tasks.link("On the train")).toBeVisible();
  }
  await tasks.goto(`/tasks?task=${id}`);
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("On the train");
});

const countKept = () => countRows("tasks");
const countWaiting = () => countRows("writes");

declare function countRows(table: string): Promise<number>;

test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    Object.assign(window, {
      countRows: (table: string) =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open("tm");
          opening.onerror = reject;
          opening.onsuccess = () => {
            const counting = opening.result.transaction(table).objectStore(table).count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result);
            };
          };
        }),
    });
  });
});
