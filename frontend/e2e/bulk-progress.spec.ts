import { hold } from "./support/hold";
import { expect, test } from "./support/test";

test("a long bulk shows how far it is, goes on elsewhere, and can be called off", async ({
  home,
  api,
  tasks,
}) => {
  for (const label of ["one", "two", "three"])
    await api.addTask({ title: `Task ${label}`, labels: [label] });
  await tasks.goto("/tasks");
  await expect(tasks.link("Task three")).toBeVisible();
  await tasks.whenKeysWork();
  const release = await hold(home, "**/api/tasks/bulk/");
  await home.keyboard.press("j");
  await home.keyboard.press("Control+a");
  await home.keyboard.press("l");
  // Different labels stay different, so each task is a call of its own.
  const field = home.getByRole("dialog", { name: "Labels" }).getByLabel("Add label");
  await field.fill("shared");
  await field.press("Enter");
  await expect(tasks.row("Task one")).toContainText("shared");
  await home.keyboard.press("Escape");

  const status = home.getByRole("status").filter({ hasText: "of 3" });
  await expect(status.getByRole("progressbar")).toBeVisible();
  await home.getByRole("link", { name: "Trash" }).click();
  await expect(home.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await status.getByRole("button", { name: "Cancel" }).click();
  release();
  await expect(tasks.toast("Cancelled: 2 tasks not changed")).toBeVisible();
  await expect(status).toBeHidden();
  const labels = await Promise.all(
    (await api.tasks()).map(async ({ id }) => (await api.task(id)).labels as string[]),
  );
  expect(labels.filter((names) => names.includes("shared"))).toHaveLength(1);
});
