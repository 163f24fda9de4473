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
