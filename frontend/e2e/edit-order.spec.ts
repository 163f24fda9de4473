import { hold } from "./support/hold";
import { expect, test } from "./support/test";

test("two fast edits end as the last one, however late the first is answered", async ({
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Twice", priority: "low" });
  await tasks.goto(`/tasks?task=${id}`);
  const priority = tasks.panel().getByRole("button", { name: /^Priority/ });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sent: string[] = [];
  await home.route(/\/api\/tasks\/\d+\/$/, async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    sent.push((route.request().postDataJSON() as { priority: string }).priority);
    const answer = await route.fetch();
    if (sent.length === 1) await held;
    await route.fulfill({ response: answer });
  });
  await tasks.choose(priority, "High");
  await tasks.choose(priority, "Medium");
  await expect(priority).toHaveAccessibleName("Priority: Medium");
  release();
  await expect.poll(() => sent).toEqual(["high", "medium"]);
  await expect.poll(async () => (await api.task(id)).priority).toBe("medium");
  await expect(priority).toHaveAccessibleName("Priority: Medium");
});

test("a change on top of a bulk that is still on its way is no conflict", async ({
  home,
  api,
  tasks,
}) => {
  const ids = [await api.addTask({ title: "First" }), await api.addTask({ title: "Second" })];
  const priorities = () => Promise.all(ids.map(async (id) => (await api.task(id)).priority));
  await tasks.goto("/tasks");
  await expect(tasks.link("First")).toBeVisible();
  await tasks.whenKeysWork();
  const release = await hold(home, "**/api/tasks/bulk/");
  const choose = async (name: string) => {
    await home.keyboard.press("p");
    await home.getByRole("menuitemcheckbox", { name }).press("Enter");
    await expect(home.getByRole("menu")).toBeHidden();
  };
  await tasks.link("First").focus();
  await home.keyboard.press("Control+a");
  await choose("High");
  await home.keyboard.press("Escape");
  await expect(home.getByRole("toolbar", { name: "Selected tasks" })).toBeHidden();
  await tasks.link("First").focus();
  await choose("Low");
  release();
  await expect.poll(priorities).toEqual(["low", "high"]);
});

test("a double submit makes one task", async ({ home, api, tasks }) => {
  await tasks.goto("/tasks?task=new");
  const title = home.getByLabel("Title", { exact: true });
  await title.fill("Only once");
  await home.getByRole("button", { name: "Add task" }).dblclick();
  await expect(tasks.link("Only once")).toHaveCount(1);
  await home.reload();
  await expect(tasks.link("Only once")).toHaveCount(1);
  expect(await api.tasks()).toHaveLength(1);
});

test.describe("when the answer is lost", () => {
  test.use({ tolerated: /status of 500/ });

  test("a new task that was not confirmed waits in the list and is made once", async ({
    home,
    api,
    tasks,
  }) => {
    await tasks.goto("/tasks");
    const keys: (string | undefined)[] = [];
    await home.route("**/api/tasks/", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      // The server did it; only its answer was lost.
      await route.fetch();
      const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
      await route.fulfill({ status: 500, contentType: "application/problem+json", body });
    });
    await tasks.add("Sent twice");
    await home.getByRole("button", { name: "Retry" }).click();
    await expect(tasks.link("Sent twice")).toHaveCount(1);
    expect(await api.tasks()).toHaveLength(1);
    expect(new Set(keys).size).toBe(1);
  });
});
