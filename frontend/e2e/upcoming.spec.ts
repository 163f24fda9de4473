import { expect, test } from "./support/test";

/** A day as the browser of these tests counts, so many days from now. */
function day(offset: number): string {
  const date = new Date(Date.now() + offset * 86_400_000);
  return date.toLocaleDateString("en-CA", { timeZone: "Europe/Paris" });
}

test("two weeks stand day by day below what is overdue", async ({ home, api, tasks }) => {
  await api.addTask({ title: "Missed", due_date: day(-2) });
  await api.addTask({ title: "Now", due_date: day(0) });
  await api.addTask({ title: "Soon", due_date: day(3) });
  await api.addTask({ title: "Far away", due_date: day(30) });
  await api.addTask({ title: "Some day" });
  await tasks.goto("/upcoming");
  await expect(home.getByRole("region", { name: /^Overdue/ })).toContainText("Missed");
  await expect(home.getByRole("region", { name: /^Today/ })).toContainText("Now");
  await expect(tasks.link("Soon")).toBeVisible();
  await expect(home.getByRole("button", { name: /^Add a task on/ })).toHaveCount(14);
  await expect(tasks.link("Far away")).toBeHidden();
  await expect(tasks.link("Some day")).toBeHidden();
});

test("each day takes a new task of its own", async ({ home, api, tasks }) => {
  await api.addTask({ title: "Anything" });
  await tasks.goto("/upcoming");
  await home
    .getByRole("button", { name: /^Add a task on/ })
    .nth(3)
    .click();
  await expect(home).toHaveURL(new RegExp(`on=${day(3)}&task=new`));
  const title = home.getByRole("combobox", { name: "Title", exact: true });
  await title.fill("For that day");
  await title.press("Enter");
  await expect(tasks.toast("Added “For that day”")).toBeVisible();
  const made = (await api.tasks()).find((task) => task.title === "For that day");
  expect(await api.task(made?.id ?? 0)).toMatchObject({ due_date: day(3) });
});

test("a completed task stays in its day, struck through, and can come back", async ({
  home: _home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Water plants", due_date: day(1) });
  await tasks.goto("/upcoming");
  await tasks.completeButton("Water plants").click();
  await tasks.reopenButton("Water plants").click();
  await expect(tasks.completeButton("Water plants")).toBeVisible();
});

test("a row's menu needs no hover on a phone", async ({ home, api, tasks, isMobile }) => {
  test.skip(!isMobile, "A mouse can hover.");
  await api.addTask({ title: "Now", due_date: day(0) });
  await tasks.goto("/upcoming");
  const menu = home.getByRole("button", { name: "More for “Now”" });
  await expect(menu).toHaveCSS("opacity", "1");
});
