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

test("keys pressed while composing are the composition's: no label is taken, nothing is saved", async ({
  context,
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "The same line.");
  await api.addTask({ title: "Known", labels: ["work"] });
  await tasks.goto("/tasks");
  await expect(tasks.link("Known")).toBeVisible();
  const field = home.getByRole("combobox", { name: "Add a task" });
  await field.pressSequentially("Note #w");
  await expect(home.getByRole("option", { name: "work" })).toBeVisible();
  const browser = await context.newCDPSession(home);
  await browser.send("Input.imeSetComposition", { text: "o", selectionStart: 1, selectionEnd: 1 });
  await expect(field).toHaveValue("Note #wo");
  // What a browser hands on while its input method has the keyboard.
  for (const key of ["ArrowDown", "Enter"]) {
    const press = { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode: 229 } as const;
    await browser.send("Input.dispatchKeyEvent", press);
  }
  await browser.send("Input.insertText", { text: "o" });
  await expect(field).toHaveValue("Note #wo");
  await field.press("Enter");
  await expect(tasks.link("Note")).toBeVisible();
  await expect.poll(() => api.count()).toBe(2);
  expect((await api.tasks()).find(({ title }) => title === "Note")).toMatchObject({
    labels: ["wo"],
  });
});

test("both keys open it from every view", async ({ home, api, tasks, isMobile }) => {
  test.skip(isMobile, "There are no single keys on a phone.");
  await api.addTask({ title: "Anything" });
  const field = home.getByRole("combobox", { name: "Add a task" });
  for (const path of ["/board", "/calendar", "/search?q=any", "/settings/profile"]) {
    await test.step(path, async () => {
      await tasks.goto(path);
      await tasks.whenKeysWork();
      for (const key of ["q", "c"]) {
        await home.keyboard.press(key);
        await expect(field).toBeFocused();
        await expect(field).toHaveValue("");
        await home.keyboard.press("Escape");
        await expect(field).toBeHidden();
      }
    });
  }
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
