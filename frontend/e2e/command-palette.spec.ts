import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
  await api.addTask({ title: "Pay the rent", labels: ["home"] });
  await api.addTask({ title: "Write a current report", priority: "high" });
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await tasks.whenKeysWork();
});

test("finds tasks and commands, and focus returns to where it was", async ({ home, tasks }) => {
  await home.keyboard.press("j");
  const row = home.locator("[data-part=link]:focus");
  const title = await row.innerText();
  await home.keyboard.press("Control+k");
  const palette = home.getByRole("dialog", { name: "Find tasks and commands" });
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await home.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await expect(row).toHaveText(title);

  await home.keyboard.press("Control+k");
  await field.fill("rent");
  const options = palette.getByRole("option");
  await expect(options.first()).toContainText("Pay the rent");
  await expect(options.nth(1)).toContainText("Write a current report");
  await home.keyboard.press("Enter");
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Pay the rent");

  await tasks.closePanel();
  await home.keyboard.press("Control+k");
  await expect(palette.getByRole("group", { name: "Recent" })).toContainText("Pay the rent");
  await field.fill("#home");
  await expect(options.first()).toContainText("Pay the rent");
  await field.fill("no such thing");
  await expect(palette.getByText("Nothing by that name.")).toBeVisible();
});

test("it opens from a text field and gives the focus back to it", async ({ home }) => {
  const field = home.getByRole("combobox", { name: "Add a task" });
  await field.fill("half a title");
  await home.keyboard.press("Control+k");
  await expect(home.getByRole("combobox", { name: "Find tasks and commands" })).toBeFocused();
  await home.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("half a title");
});

test("a command does what its key does, to the row that was current", async ({
  home,
  api,
  tasks,
}) => {
  await tasks.link("Pay the rent").focus();
  await home.keyboard.press("Control+k");
  const option = home.getByRole("option", { name: /Complete or reopen/ });
  await expect(option).toContainText("E");
  await home.getByRole("combobox", { name: "Find tasks and commands" }).fill("complete");
  await home.keyboard.press("Enter");
  await expect(tasks.link("Pay the rent")).toBeHidden();
  await expect
    .poll(async () => (await api.tasks()).find(({ title }) => title === "Pay the rent")?.status)
    .toBe("completed");
  await home.keyboard.press("Control+k");
  await home.getByRole("combobox", { name: "Find tasks and commands" }).fill("go to the trash");
  await home.keyboard.press("Enter");
  await expect(home.getByRole("heading", { level: 1, name: "Trash" })).toBeFocused();
});

test("g and a letter navigate, and ? shows the map from the same list", async ({ home }) => {
  await home.keyboard.press("g");
  await home.keyboard.press("x");
  await expect(home).toHaveURL(/\/trash$/);
  await home.keyboard.press("g");
  await home.keyboard.press("t");
  await expect(home.getByRole("heading", { level: 1, name: "Today" })).toBeFocused();
  await home.keyboard.press("?");
  const map = home.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(map).toContainText("Complete or reopen");
  await expect(map).toContainText("Go to the trash");
  await home.keyboard.press("Escape");
  await expect(map).toBeHidden();
  await expect(home.getByRole("heading", { level: 1, name: "Today" })).toBeFocused();
});

test("accessible while open", async ({ home, expectAccessible }) => {
  test.slow();
  await home.keyboard.press("Control+k");
  await expect(home.getByRole("option").first()).toBeVisible();
  await expectAccessible(home, "[role=dialog]");
  await home.keyboard.press("Escape");
  await home.keyboard.press("?");
  await expect(home.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(home, "[role=dialog]");
});
