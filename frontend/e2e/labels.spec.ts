import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _home, api }) => {
  await api.addTask({ title: "Pay rent", labels: ["home", "money"] });
  await api.addTask({ title: "Water plants", labels: ["home"] });
});

test("a label is renamed on every task from the filter, which follows it", async ({
  home,
  api,
  tasks,
  expectAccessible,
}) => {
  await tasks.goto("/tasks?label=home");
  await home.getByRole("button", { name: "Filter", exact: true }).click();
  await home.getByRole("button", { name: "Rename or delete…" }).click();
  const dialog = home.getByRole("dialog", { name: "Labels" });
  await dialog.getByRole("button", { name: "Rename label “home”" }).click();
  const field = dialog.getByLabel("New name of “home”");
  await field.fill("Money");
  await expect(dialog.getByText("There is “money” already")).toBeVisible();
  await expectAccessible(home);
  await field.fill("");
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription("A label needs a name.");
  await field.fill("house");
  await field.press("Enter");
  await expect(dialog.getByRole("button", { name: "Rename label “house”" })).toBeFocused();
  await home.keyboard.press("Escape");
  await expect(home).toHaveURL(/label=house/);
  await expect(tasks.row("Pay rent")).toContainText("house");
  await expect(tasks.row("Water plants")).toContainText("house");
  const ids = (await api.tasks()).map(({ id }) => id);
  const saved = await Promise.all(ids.map((id) => api.task(id)));
  expect(saved.filter(({ labels }) => (labels as string[]).includes("house"))).toHaveLength(2);
});

test("a label is deleted by way of the palette, after saying what follows", async ({
  home,
  tasks,
}) => {
  await tasks.goto("/tasks");
  await expect(tasks.row("Water plants")).toContainText("home");
  await tasks.whenKeysWork();
  await home.keyboard.press("Control+k");
  await home.keyboard.type("delete labels");
  await home.getByRole("option", { name: "Rename or delete labels" }).click();
  const dialog = home.getByRole("dialog", { name: "Labels" });
  await dialog.getByRole("button", { name: "Delete label “home”" }).click();
  const question = home.getByRole("dialog", { name: "Delete the label “home”?" });
  await expect(question).toContainText("It is taken off 2 tasks");
  await question.getByRole("button", { name: "Delete label" }).click();
  await expect(question).toBeHidden();
  await expect(dialog.getByText("home")).toHaveCount(0);
  await expect(dialog.getByText("money")).toBeVisible();
  await home.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(tasks.row("Water plants")).not.toContainText("home");
});

test("a label in an open task leads to all that carry it", async ({ home, tasks }) => {
  await tasks.goto("/tasks");
  const panel = await tasks.open("Pay rent");
  await panel.getByRole("link", { name: "home" }).press("Enter");
  await expect(home).toHaveURL(/\/tasks\?label=home$/);
  await expect(tasks.link("Water plants")).toBeVisible();
});
