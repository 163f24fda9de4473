import { expect, test } from "./support/test";

test("q and c open quick-add, Enter saves and stays for the next one", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "There are no single keys on a phone.");
  await tasks.goto("/tasks");
  const field = home.getByRole("combobox", { name: "Add a task" });
  await tasks.whenKeysWork();
  await home.keyboard.press("q");
  await expect(field).toBeFocused();
  await home.keyboard.type("First thing");
  await home.keyboard.press("Enter");
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
  await home.keyboard.type("Second thing");
  await home.keyboard.press("Enter");
  await expect(tasks.link("First thing")).toBeVisible();
  await expect(tasks.link("Second thing")).toBeVisible();
  await home.getByRole("heading", { level: 1 }).focus();
  await home.keyboard.press("c");
  await expect(field).toBeFocused();
  expect(await api.tasks()).toHaveLength(2);
});

test("on a page without a line, a dialog has one, and gives the focus back", async ({
  home,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  test.skip(isMobile, "There are no single keys on a phone.");
  await tasks.goto("/trash");
  const heading = home.getByRole("heading", { level: 1 });
  await tasks.whenKeysWork();
  await heading.focus();
  await home.keyboard.press("q");
  const dialog = home.getByRole("dialog", { name: "New task" });
  const field = dialog.getByRole("combobox", { name: "Add a task" });
  await expect(field).toBeFocused();
  await expectAccessible(home, "[data-layer]");
  await home.keyboard.type("From the trash");
  await home.keyboard.press("Enter");
  await expect(tasks.toast("Added “From the trash”")).toBeVisible();
  await expect(field).toBeFocused();
  await home.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(heading).toBeFocused();
});
