import { expect, test } from "./support/test";

test("one task of the trash, or all of it, is deleted for good after a question", async ({
  home,
  tasks,
  api,
}) => {
  for (const title of ["Old plan", "Older plan", "Oldest plan"]) {
    await api.trashTask(await api.addTask({ title }));
  }
  await tasks.goto("/trash");
  const rows = home.getByRole("list", { name: "Deleted tasks" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("gone in 29 days");
  await home.getByRole("button", { name: "Delete “Old plan” for good" }).click();
  const question = home.getByRole("dialog", { name: "Delete this task for good?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(rows).toHaveCount(3);
  await home.getByRole("button", { name: "Delete “Old plan” for good" }).click();
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(rows).toHaveCount(2);

  await home.getByRole("button", { name: "Empty the trash" }).click();
  const all = home.getByRole("dialog", { name: "Empty the trash?" });
  await expect(all).toContainText("2 tasks are deleted for good");
  await all.getByRole("button", { name: "Empty the trash" }).click();
  await expect(home.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  await home.reload();
  await expect(home.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
});

test("after restoring one by the keyboard the focus is at the next, and at last at the heading", async ({
  home,
  tasks,
  api,
}) => {
  for (const title of ["One", "Two", "Three"]) await api.trashTask(await api.addTask({ title }));
  await tasks.goto("/trash");
  // The last deleted stands first.
  const restore = (title: string) => home.getByRole("button", { name: `Restore “${title}”` });
  await restore("Two").press("Enter");
  await expect(restore("One")).toBeFocused();
  await home.keyboard.press("Enter");
  await expect(restore("Three")).toBeFocused();
  await home.keyboard.press("Enter");
  await expect(home.getByRole("heading", { level: 1 })).toBeFocused();
  await expect.poll(async () => (await api.tasks()).length).toBe(3);
});

test("an answer from before does not bring a restored row back", async ({ home, tasks, api }) => {
  for (const title of ["One", "Two"]) await api.trashTask(await api.addTask({ title }));
  const three = await api.addTask({ title: "Three" });
  await tasks.goto("/trash");
  const restore = (title: string) => home.getByRole("button", { name: `Restore “${title}”` });
  await expect(restore("Two")).toBeVisible();

  let answerLate: () => void = () => undefined;
  const isLate = new Promise<void>((resolve) => {
    answerLate = resolve;
  });
  let isRead: () => void = () => undefined;
  const read = new Promise<void>((resolve) => {
    isRead = resolve;
  });
  let stale: string | null = null;
  await home.route(/\/api\/tasks\/trash\//, async (route) => {
    stale ??= await (await route.fetch()).text();
    isRead();
    await isLate;
    await route.fulfill({ contentType: "application/json", body: stale });
  });
  await api.trashTask(three);
  await read;
  const restored = home.waitForResponse(/\/restore\/$/);
  await restore("Two").click();
  await restored;
  answerLate();
  await expect(restore("Three")).toBeVisible();
  await expect(restore("Two")).toBeHidden();
});
