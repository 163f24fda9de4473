import { expect, test } from "./support/test";

test("what was completed is shown as a picture, in words and as a table", async ({
  home,
  tasks,
  api,
}) => {
  await tasks.goto("/progress");
  await expect(home.getByRole("heading", { name: "Nothing to look back on yet" })).toBeVisible();
  await api.addTask({ title: "Done", status: "completed", labels: ["home"] });
  await api.addTask({ title: "Done, too", status: "completed" });
  await api.addTask({ title: "Open", labels: ["home"] });
  await home.reload();
  const words = "2 tasks completed in twelve weeks; most on one day: 2 (Today).";
  await expect(home.getByRole("img", { name: words })).toBeVisible();
  await expect(home.getByText(words)).toBeVisible();
  await expect(home.getByRole("listitem").filter({ hasText: "Up to a day" })).toContainText("1");
  await expect(home.getByText("1 done, 1 open")).toBeVisible();

  await home.getByRole("button", { name: "Show as table" }).click();
  const rows = home.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(13);
  await expect(rows.last().getByRole("cell").nth(6)).toHaveText("2");
  await home.getByRole("button", { name: "Show as chart" }).click();
  await expect(home.getByRole("table")).toHaveCount(0);
});
