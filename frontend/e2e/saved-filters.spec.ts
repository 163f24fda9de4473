import { SavedFilters } from "./support/saved-filters";
import { expect, test } from "./support/test";

test.beforeEach(async ({ api }) => {
  await api.addTask({ title: "Pay the rent", labels: ["home"], priority: "high" });
  await api.addTask({ title: "Water the plants", labels: ["home"] });
  await api.addTask({ title: "Send the invoice", labels: ["work"] });
});

test("a filter is saved under a name and opens the same list again, in another browser too", async ({
  home,
  tasks,
  join,
  person,
  isMobile,
  expectAccessible,
}) => {
  const saved = new SavedFilters(home, isMobile);
  await tasks.goto("/tasks?label=home&grouping=priority&ordering=title");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await saved.save("At home");
  await expect(home.getByRole("button", { name: "Save filter" })).toBeHidden();
  await home.goto("/trash");
  await saved.show();
  await saved.link("At home").click();
  await expect(home).toHaveURL(/\/tasks\?label=home&ordering=title&grouping=priority/);
  await expect(tasks.group("High").getByRole("link", { name: "Pay the rent" })).toBeVisible();
  await expect(tasks.link("Send the invoice")).toBeHidden();
  await expectAccessible(home);

  test.skip(isMobile, "The same on every screen.");
  const other = await (await join(person)).newPage();
  await other.goto("/");
  await expect(new SavedFilters(other, false).link("At home")).toContainText("2");
});

test.describe("a name that is taken", () => {
  test.use({ tolerated: /status of 400/ });

  test("is refused at its field, and nothing is lost", async ({ home, tasks, isMobile }) => {
    test.skip(isMobile, "The same on every screen.");
    const saved = new SavedFilters(home, isMobile);
    await tasks.goto("/tasks?label=home");
    await saved.save("Mine");
    await tasks.goto("/tasks?label=work");
    await home.getByRole("button", { name: "Save filter" }).click();
    const dialog = home.getByRole("dialog", { name: "Save this filter" });
    await dialog.getByLabel("Name").fill("mine");
    await dialog.getByLabel("Name").press("Enter");
    await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(
      "You have a filter of this name.",
    );
    await expect(dialog.getByLabel("Name")).toBeFocused();
    await dialog.getByLabel("Name").fill("Work");
    await dialog.getByLabel("Name").press("Enter");
    await expect(saved.names()).toHaveCount(2);
  });
});

test.describe("a saved filter", () => {
  test("is renamed, moved, changed to the view and deleted, with a way back", async ({
    home,
    tasks,
    isMobile,
  }) => {
    test.skip(isMobile, "The same on every screen.");
    const saved = new SavedFilters(home, isMobile);
    await tasks.goto("/tasks?label=home");
    await saved.save("First");
    await tasks.goto("/tasks?label=work");
    await saved.save("Second");
    await expect(saved.names()).toContainText(["First", "Second"]);

    await saved.choose("Second", "Move up");
    await expect(saved.names()).toContainText(["Second", "First"]);
    await saved.choose("First", "Rename");
    const dialog = home.getByRole("dialog", { name: "Rename the filter" });
    await dialog.getByLabel("Name").fill("Later");
    await dialog.getByLabel("Name").press("Enter");
    await expect(saved.names()).toContainText(["Second", "Later"]);

    await tasks.goto("/tasks?priority=high");
    await saved.choose("Second", "Update to this view");
    await expect(tasks.toast("Updated filter “Second”")).toBeVisible();
    await home.reload();
    await expect(saved.names()).toContainText(["Second", "Later"]);
    await saved.link("Second").click();
    await expect(home).toHaveURL(/\/tasks\?priority=high$/);

    await saved.choose("Second", "Delete");
    await expect(saved.names()).toContainText(["Later"]);
    await expect(tasks.toast("Deleted filter “Second”")).toBeVisible();
    await home.keyboard.press("Control+z");
    await expect(saved.names()).toContainText(["Second", "Later"]);
    await expect(tasks.toast("Saved filter “Second”")).toBeVisible();
    await home.reload();
    await expect(saved.names()).toContainText(["Second", "Later"]);
  });
});

test.describe("when the server fails", () => {
  test.use({ tolerated: /status of 500/ });

  test("what was shown already is taken back", async ({ home, tasks, isMobile }) => {
    test.skip(isMobile, "The same on every screen.");
    const saved = new SavedFilters(home, isMobile);
    await tasks.goto("/tasks?label=home");
    await saved.save("Stays");
    await home.route(/\/api\/filters\/\d+\/$/, (route) => route.fulfill({ status: 500 }));
    await saved.choose("Stays", "Delete");
    await expect(tasks.toast("Filter “Stays” was not saved")).toBeVisible();
    await expect(saved.link("Stays")).toBeVisible();
  });
});

test("a saved filter's menu needs no hover on a phone", async ({ home, tasks, isMobile }) => {
  test.skip(!isMobile, "A mouse can hover.");
  const saved = new SavedFilters(home, isMobile);
  await tasks.goto("/tasks?label=home");
  await saved.save("At home");
  await saved.show();
  const menu = home.getByRole("button", { name: "More for filter “At home”" });
  await expect(menu).toHaveCSS("opacity", "1");
});

test("a saved filter is found in the palette, and lit in place of all tasks", async ({
  home,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "There is no palette on a phone.");
  const saved = new SavedFilters(home, isMobile);
  await tasks.goto("/tasks?label=home");
  await saved.save("At home");
  const all = home.getByRole("navigation").getByRole("link", { name: "All tasks" });
  await expect(saved.link("At home")).toHaveAttribute("aria-current", "true");
  await expect(all).not.toHaveAttribute("aria-current", "page");
  await all.click();
  await expect(all).toHaveAttribute("aria-current", "page");
  await tasks.whenKeysWork();
  await home.keyboard.press("Control+k");
  await expect(home.getByRole("group", { name: "Saved filters" })).toContainText("At home");
  await home.getByRole("dialog").getByRole("combobox").fill("at h");
  await home.getByRole("option", { name: "At home" }).click();
  await expect(home).toHaveURL(/label=home/);
  await expect(tasks.link("Send the invoice")).toBeHidden();
});
