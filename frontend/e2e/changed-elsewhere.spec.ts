import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
  for (const n of [1, 2, 3])
    await api.addTask({ title: `Task ${n}`, due_date: `2199-01-0${n}`, priority: "low" });
  await tasks.goto("/tasks");
  await expect(tasks.link("Task 3")).toBeVisible();
  await tasks.whenKeysWork();
});

test("rows change in place, and what would move waits behind a button", async ({
  home,
  api,
  tasks,
}) => {
  const titles = home.locator("[data-part=link]");
  const [first, , third] = (await api.tasks()).sort((a, b) => a.id - b.id);
  await tasks.link("Task 2").focus();
  const place = await tasks.link("Task 2").boundingBox();
  await api.changeTask(first?.id ?? 0, { due_date: "2199-02-01" });
  await api.changeTask(third?.id ?? 0, { title: "Third" });
  const added = await api.addTask({ title: "New above", due_date: "2198-01-01" });
  await expect(home.getByRole("button", { name: "2 updates" })).toBeVisible();
  await expect(titles).toHaveText(["Task 1", "Task 2", "Third"]);
  await expect(tasks.row("Task 1")).toContainText("1 Feb 2199");
  await expect(tasks.link("Task 2")).toBeFocused();
  expect(await tasks.link("Task 2").boundingBox()).toEqual(place);

  await api.changeTask(added, { title: "Newer above" });
  await home.getByRole("button", { name: "2 updates" }).click();
  await expect(titles).toHaveText(["Newer above", "Task 2", "Third", "Task 1"]);
  await expect(home.getByRole("button", { name: /updates?$/ })).toHaveCount(0);
});

test("it moves by itself when nobody is in the list", async ({ home, api, tasks }) => {
  const [first] = (await api.tasks()).sort((a, b) => a.id - b.id);
  await tasks.link("Task 2").focus();
  await api.changeTask(first?.id ?? 0, { due_date: "2199-02-01" });
  await expect(home.getByRole("button", { name: "1 update" })).toBeVisible();
  await home.getByRole("combobox", { name: "Add a task" }).focus();
  await expect(home.locator("[data-part=link]")).toHaveText(["Task 2", "Task 3", "Task 1"]);
});

test("one's own changes move at once", async ({ home, tasks }) => {
  await tasks.link("Task 1").focus();
  await home.keyboard.press("d");
  const due = home.getByRole("dialog", { name: "Set due date" });
  await due.getByLabel("Date", { exact: true }).fill("2199-03-01");
  await due.getByRole("button", { name: "Done" }).click();
  await expect(home.locator("[data-part=link]")).toHaveText(["Task 2", "Task 3", "Task 1"]);
  await expect(tasks.link("Task 1")).toBeFocused();
});

test("on the board no card moves away under the pointer", async ({ home, api, tasks }) => {
  const [first] = (await api.tasks()).sort((a, b) => a.id - b.id);
  await tasks.goto("/board");
  const titlesIn = (name: string) =>
    home.getByRole("list", { name: `${name} tasks`, exact: true }).locator("[data-part=link]");
  await tasks.link("Task 2").hover();
  const place = await tasks.link("Task 2").boundingBox();
  await api.changeTask(first?.id ?? 0, { status: "in_progress", title: "Task one" });
  await api.addTask({ title: "New above", due_date: "2198-01-01" });
  await expect(home.getByRole("button", { name: "2 updates" })).toBeVisible();
  await expect(titlesIn("Pending")).toContainText(["Task one", "Task 2", "Task 3"]);
  expect(await tasks.link("Task 2").boundingBox()).toEqual(place);
  await home.getByRole("button", { name: "2 updates" }).click();
  await expect(titlesIn("Pending")).toContainText(["New above", "Task 2", "Task 3"]);
  await expect(titlesIn("In progress")).toContainText(["Task one"]);
  await expect(home.getByRole("button", { name: /updates?$/ })).toHaveCount(0);
});

test("in upcoming days no row moves away under the pointer", async ({ home, api, tasks }) => {
  for (const n of [1, 2]) await api.addTask({ title: `Late ${n}`, due_date: `2020-01-0${n}` });
  const late = (await api.tasks()).find(({ title }) => title === "Late 1");
  await tasks.goto("/upcoming");
  const titles = home.locator("[data-part=link]");
  await tasks.link("Late 2").hover();
  const place = await tasks.link("Late 2").boundingBox();
  await api.changeTask(late?.id ?? 0, { due_date: "2199-01-01" });
  await expect(home.getByRole("button", { name: "1 update" })).toBeVisible();
  await expect(titles).toHaveText(["Late 1", "Late 2"]);
  expect(await tasks.link("Late 2").boundingBox()).toEqual(place);
  await home.getByRole("button", { name: "1 update" }).click();
  await expect(titles).toHaveText(["Late 2"]);
});
