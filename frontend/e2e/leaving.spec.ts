import { expect, test } from "./support/test";

test.describe("with changes that were not sent", () => {
  test.use({ tolerated: /ERR_FAILED/ });

  test("signing out says what would be lost, and can be left", async ({
    home,
    api,
    tasks,
    expectAccessible,
  }) => {
    await api.addTask({ title: "On the train" });
    await tasks.goto("/tasks");
    await expect(tasks.link("On the train")).toBeVisible();
    await tasks.whenKeysWork();
    const signOut = async () => {
      await home.getByRole("button", { name: /^Account of/ }).click();
      await home.getByRole("menuitem", { name: "Sign out" }).click();
    };
    const question = home.getByRole("dialog", { name: "Sign out now?" });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await home.route(/\/api\/tasks\/\d+\/$/, async (route) => {
      await held;
      await route.abort();
    });
    await tasks.completeButton("On the train").click();
    await signOut();
    await expect(question).toContainText("1 change has not reached the server yet");
    await expectAccessible(home, "[data-layer]");
    await question.getByRole("button", { name: "Stay" }).click();
    await expect(question).toBeHidden();
    await expect(home.getByRole("heading", { level: 1, name: "All tasks" })).toBeVisible();
    await signOut();
    await question.getByRole("button", { name: "Sign out anyway" }).click();
    await expect(home.getByRole("heading", { name: "Welcome back" })).toBeVisible();
    release();
  });
});

test("the panel's Close gives the focus back to the row, as Esc does", async ({
  home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Read" });
  await tasks.goto("/tasks");
  for (const leave of ["click", "Escape"]) {
    const panel = await tasks.open("Read");
    if (leave === "click") await panel.getByRole("button", { name: "Close" }).click();
    else await home.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(tasks.link("Read")).toBeFocused();
  }
});

test("text that is half typed in an open task survives a reload", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Letter", description: "Dear Ana" });
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  const text = tasks.panel().getByRole("textbox", { name: "Description" });
  await expect(title).toHaveValue("Letter");
  await tasks.panel().getByRole("button", { name: "Write" }).click();
  await text.pressSequentially(", how");
  await home.reload();
  await expect(text).toHaveValue(/, how/);
  await expect.poll(async () => (await api.task(id)).description).toBe("Dear Ana");
  await text.press("Control+Enter");
  await expect.poll(async () => (await api.task(id)).description).toContain(", how");
  await title.fill("Letter to Ana");
  await home.reload();
  await expect(title).toHaveValue("Letter to Ana");
  expect((await api.task(id)).title).toBe("Letter");
});
