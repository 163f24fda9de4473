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
