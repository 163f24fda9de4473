import { expect, test } from "./support/test";

test("a month shows its tasks, and the address which month", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  await api.addTask({ title: "Valentine", due_date: "2027-02-14" });
  await api.addTask({ title: "Spring", due_date: "2027-03-20" });
  await tasks.goto("/calendar?month=2027-02");
  const month = home.getByRole("table", { name: "February 2027" });
  await expect(month.getByRole("columnheader").first()).toHaveText("Mon");
  const day = month.getByRole("button", { name: "Sunday 14 February, 1 task" });
  if (isMobile) await day.click();
  await expect(tasks.link("Valentine")).toBeVisible();
  await expect(tasks.link("Spring")).toBeHidden();
  await home.getByRole("button", { name: "Next month" }).click();
  await expect(home).toHaveURL(/month=2027-03/);
  await home.reload();
  await expect(home.getByRole("table", { name: "March 2027" })).toBeVisible();
  await home.getByRole("button", { name: "Today" }).click();
  await expect(home).not.toHaveURL(/month=/);
});

test("an address that names no month shows the current one", async ({ home, tasks }) => {
  await tasks.goto("/calendar?month=2027-13");
  await expect(home.locator("[aria-current=date]")).toBeVisible();
});

test("an empty day takes a task, a full one lists all of its", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  for (const n of [1, 2, 3, 4, 5])
    await api.addTask({ title: `Errand ${n}`, due_date: "2027-02-15" });
  await tasks.goto("/calendar?month=2027-02");
  const full = home.getByRole("button", { name: "Monday 15 February, 5 tasks" });
  if (isMobile) {
    await full.click();
    await expect(home.getByRole("list", { name: "Monday 15 February tasks" })).toBeVisible();
    await home.getByRole("button", { name: "Tuesday 16 February, no tasks" }).click();
    await home.getByRole("button", { name: "Add a task on Tuesday 16 February" }).click();
  } else {
    await home.getByRole("button", { name: "2 more on Monday 15 February" }).click();
    const list = home.getByRole("dialog", { name: "Monday 15 February" });
    await expect(list.getByRole("listitem")).toHaveCount(5);
    await expectAccessible(home, "[data-layer]");
    await home.keyboard.press("Escape");
    await home.getByRole("button", { name: "Tuesday 16 February, no tasks" }).click();
  }
  const title = home.getByRole("combobox", { name: "Title", exact: true });
  await title.fill("On a free day");
  await title.press("Enter");
  await expect(tasks.toast("Added “On a free day”")).toBeVisible();
  await expect(
    home.getByRole("button", { name: "Tuesday 16 February, 1 task", includeHidden: true }),
  ).toBeAttached();
});

test("days are one stop of the keyboard, with arrows between them", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "There are no arrow keys on a phone.");
  await api.addTask({ title: "Valentine", due_date: "2027-02-14" });
  await tasks.goto("/calendar?month=2027-02");
  await home.getByRole("button", { name: /^Monday 1 February/ }).focus();
  await home.keyboard.press("ArrowDown");
  await expect(home.getByRole("button", { name: /^Monday 8 February/ })).toBeFocused();
  await home.keyboard.press("End");
  await expect(home.getByRole("button", { name: /^Sunday 14 February/ })).toBeFocused();
  await home.keyboard.press("Tab");
  await home.keyboard.press("Tab");
  await expect(tasks.link("Valentine")).toBeFocused();
  await home.getByRole("button", { name: /^Sunday 14 February/ }).focus();
  await home.keyboard.press("PageDown");
  await expect(home.getByRole("button", { name: /^Monday 1 March/ })).toBeFocused();
});

test("completed tasks are struck through until they are hidden", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "The list of a phone's day shows the same.");
  await api.addTask({ title: "Finished", due_date: "2027-02-14", status: "completed" });
  await tasks.goto("/calendar?month=2027-02");
  await expect(tasks.link("Finished")).toBeVisible();
  await home.getByRole("button", { name: "Hide completed" }).click();
  await expect(tasks.link("Finished")).toBeHidden();
  await home.reload();
  await expect(home.getByRole("button", { name: "Show completed" })).toBeVisible();
  await expect(tasks.link("Finished")).toBeHidden();
});
