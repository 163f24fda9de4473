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
