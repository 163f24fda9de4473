import { expect, test } from "./support/test";

test.describe("a page without rows says why and offers one way on", () => {
  test("first use", async ({ home, tasks, isMobile, expectAccessible }) => {
    await tasks.goto("/tasks");
    await expect(home.getByRole("heading", { name: "A clear page" })).toBeVisible();
    await expectAccessible(home);
    await home.getByRole("button", { name: "Add your first task" }).click();
    const field = isMobile
      ? home.getByRole("dialog").getByRole("combobox", { name: "Title" })
      : home.getByRole("combobox", { name: "Add a task" });
    await expect(field).toBeFocused();
  });

  test("no match", async ({ home, api, tasks, expectAccessible }) => {
    await api.addTask({ title: "Low one", priority: "low" });
    await tasks.goto("/tasks?priority=high");
    await expect(home.getByRole("heading", { name: "No task matches" })).toBeVisible();
    await expectAccessible(home);
    await home.getByRole("button", { name: "Clear filters" }).click();
    await expect(tasks.link("Low one")).toBeVisible();
    await expect(home).toHaveURL(/\/tasks$/);
  });

  test("nothing due today", async ({ home, api, tasks }) => {
    await api.addTask({ title: "Far away", due_date: "2199-01-01" });
    await tasks.goto("/");
    await expect(home.getByRole("heading", { name: "Nothing due today" })).toBeVisible();
    await home.getByRole("link", { name: "See all tasks" }).click();
    await expect(tasks.link("Far away")).toBeVisible();
  });
});

test.describe("a list that could not be loaded", () => {
  test.use({ tolerated: /status of 500/ });

  test("is no empty one: it says so, names a reference and can be tried again", async ({
    home,
    api,
    tasks,
    expectAccessible,
  }) => {
    await api.addTask({ title: "Safe on the server" });
    await home.route(/\/api\/tasks\/\?/, (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: JSON.stringify({ title: "Oops", status: 500, code: "error", request_id: "r-500" }),
      }),
    );
    await tasks.goto("/tasks");
    const alert = home.getByRole("alert");
    await expect(alert).toContainText("This could not be loaded");
    await expect(alert).toContainText("r-500");
    await expect(alert.getByRole("button")).toHaveCount(1);
    await expectAccessible(home);
    await home.unroute(/\/api\/tasks\/\?/);
    await home.getByRole("button", { name: "Try again" }).click();
    await expect(tasks.link("Safe on the server")).toBeVisible();
  });
});

test.describe("every other page that could not be loaded", () => {
  test.use({ tolerated: /status of 500/ });

  test("says so and offers one way on", async ({ home, tasks, isMobile }) => {
    test.skip(isMobile, "A phone shows the same.");
    const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
    const contentType = "application/problem+json";
    await home.route(/\/api\/(tasks|notifications)\//, (route) =>
      route.fulfill({ status: 500, contentType, body }),
    );
    for (const page of ["board", "upcoming", "calendar", "trash", "notifications"]) {
      await test.step(page, async () => {
        await tasks.goto(`/${page}`);
        const alert = home.getByRole("main").getByRole("alert");
        await expect(alert).toContainText("This could not be loaded");
        await expect(alert.getByRole("button")).toHaveText(["Try again"]);
        await expect(home.getByRole("main").getByRole("link")).toHaveCount(
          page === "notifications" ? 2 : 0,
        );
      });
    }
  });
});

test("while pages are still coming, a filter without a match says so, not that there is none", async ({
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Found late", labels: ["far"] });
  const late = await api.task(id);
  await api.changeTask(id, { labels: ["near"] });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await home.route(/\/api\/tasks\/\?.*status=pending/, async (route) => {
    const url = new URL(route.request().url());
    const answer = await route.fetch();
    const page = (await answer.json()) as { results: object[] };
    if (url.searchParams.has("cursor")) {
      await held;
      return route.fulfill({ json: { ...page, next: null, results: [{ ...late, id: id + 1e6 }] } });
    }
    const next = `${url.origin}${url.pathname}?cursor=more`;
    return route.fulfill({ json: { ...page, next } });
  });
  await tasks.goto("/tasks?label=far");
  await expect(home.getByText("Loading")).toBeAttached();
  await expect(home.getByText("No task matches")).toBeHidden();
  release();
  await expect(tasks.link("Found late")).toBeVisible();
});
