import { expect, test } from "./support/test";

test("the history says who changed what, and leads back: one field, or all of a version", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  const id = await api.addTask({ title: "Draft", priority: "low" });
  await api.changeTask(id, { title: "Final", priority: "high" });
  await tasks.goto(`/tasks?task=${id}`);
  const panel = tasks.panel();
  const title = panel.getByLabel("Title", { exact: true });
  await panel.getByRole("button", { name: "History" }).click();
  const entries = panel.getByRole("list", { name: "History" }).locator("> li");
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText("You changed this");
  await expect(entries.first()).toContainText("Title Draft → to Final");
  await expect(entries.first()).toContainText("Priority Low → to High");
  await expect(entries.last()).toContainText("You created this");
  await expectAccessible(home, isMobile ? "[data-layer]" : "aside");

  await panel.getByRole("button", { name: "Set Priority back to “Low”" }).click();
  await expect(panel.getByRole("button", { name: "Priority: Low" })).toBeVisible();
  await expect(entries).toHaveCount(3);
  await expect(title).toHaveValue("Final");

  await panel.getByRole("button", { name: "Restore version 1" }).click();
  await expect(title).toHaveValue("Draft");
  await expect(entries.first()).toContainText("You went back to version 1");
  await expect(tasks.toast("Restored version 1")).toBeVisible();
  await home.keyboard.press("Control+z");
  await expect(title).toHaveValue("Final");
  expect(await api.task(id)).toMatchObject({ title: "Final", priority: "low" });
});

test("what was changed before a reload is taken back from there", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Draft", priority: "low" });
  await tasks.goto(`/tasks?task=${id}`);
  await tasks.choose(tasks.panel().getByRole("button", { name: /^Priority/ }), "High");
  await expect.poll(async () => (await api.task(id)).priority).toBe("high");
  await home.reload();
  await tasks.panel().getByRole("button", { name: "History" }).click();
  await tasks.panel().getByRole("button", { name: "Set Priority back to “Low”" }).click();
  await expect(tasks.panel().getByRole("button", { name: "Priority: Low" })).toBeVisible();
  await expect.poll(async () => (await api.task(id)).priority).toBe("low");
});

test.describe("when it can't be loaded", () => {
  test.use({ tolerated: /status of 500/ });

  test("it says so and tries again", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Draft" });
    await home.route(/\/history\//, (route) => route.fulfill({ status: 500, body: "" }));
    await tasks.goto(`/tasks?task=${id}`);
    await tasks.panel().getByRole("button", { name: "History" }).click();
    await expect(tasks.panel().getByText("The history could not be loaded.")).toBeVisible();
    await home.unroute(/\/history\//);
    await tasks.panel().getByRole("button", { name: "Try again" }).click();
    await expect(tasks.panel().getByText("You created this")).toBeVisible();
  });
});
