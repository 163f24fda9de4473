import { hold } from "./support/hold";
import { expect, test } from "./support/test";

test("the first tasks are asked for while scripts are on their way", async ({
  home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Pay rent" });
  const release = await hold(home, /\/assets\/base-/);
  const asked = home.waitForRequest(/\/api\/tasks\/\?status=pending/);
  await home.goto("/tasks", { waitUntil: "commit" });
  await asked;
  release();
  await expect(tasks.link("Pay rent")).toBeVisible();
});

test("links of rows open beside the list, without loading the page anew", async ({
  home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Pay rent", labels: ["home"] });
  await tasks.goto("/tasks");
  await home.evaluate(() => Object.assign(window, { isSame: true }));
  const isSame = () => home.evaluate(() => "isSame" in window);
  await tasks.link("Pay rent").click();
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Pay rent");
  await tasks.closePanel();
  await tasks.row("Pay rent").getByRole("link", { name: "home" }).click();
  await expect(home).toHaveURL(/\/tasks\?label=home$/);
  await expect(tasks.link("Pay rent")).toBeVisible();
  expect(await isSame()).toBe(true);
});
