import { newPerson } from "./support/people";
import { TasksPage } from "./support/tasks-page";
import { expect, test } from "./support/test";

test("from signing up to signing in again, with a second browser watching", async ({
  page,
  auth,
  tasks,
  join,
}) => {
  test.slow();
  const person = newPerson();
  await auth.signUp(person);
  await expect(page).toHaveTitle("Today · Task Manager");

  const second = await (await join(person)).newPage();
  const there = new TasksPage(second, false);
  await there.goto("/");
  await expect(there.bell()).toHaveAccessibleName("Notifications");

  await test.step("adding shows at once, confirms, and stays for the next one", async () => {
    await tasks.add("Pay rent", "Call the plumber");
    await expect(tasks.group("Today").getByRole("listitem")).toHaveCount(2);
    await expect(tasks.toast("Added “Pay rent”")).toBeVisible();
  });

  await test.step("the other browser hears of it without a reload", async () => {
    await expect(there.link("Pay rent")).toBeVisible();
    await expect(there.bell()).toHaveAccessibleName("Notifications, 2 unread");
  });

  await test.step("every field can be edited", async () => {
    const panel = await tasks.open("Pay rent");
    await panel.getByLabel("Title", { exact: true }).fill("Pay the rent");
    await panel.getByLabel("Title", { exact: true }).press("Enter");
    await tasks.choose(panel.getByRole("button", { name: /^Priority/ }), "High");
    await tasks.choose(panel.getByRole("button", { name: /^Status/ }), "In progress");
    await panel.getByRole("button", { name: /^Set due date/ }).click();
    const due = page.getByRole("dialog", { name: "Set due date" });
    await due.getByLabel("Time").fill("17:30");
    await due.getByRole("button", { name: "Done" }).click();
    await expect(due).toBeHidden();
    await panel.getByLabel("Add label").fill("home");
    await panel.getByLabel("Add label").press("Enter");
    await panel.getByLabel("Description").fill("To the usual account.");
    await tasks.closePanel();
    await expect(tasks.row("Pay the rent")).toContainText("17:30");
    await expect(there.row("Pay the rent")).toContainText("17:30");
    await expect(there.row("Pay the rent")).toContainText("home");
  });

  await test.step("completing by the ring, with a way back", async () => {
    await tasks.completeButton("Call the plumber").click();
    await expect(tasks.reopenButton("Call the plumber")).toBeVisible();
    await tasks.toast("Completed “Call the plumber”").getByRole("button", { name: "Undo" }).click();
    await expect(tasks.completeButton("Call the plumber")).toBeVisible();
    await tasks.completeButton("Call the plumber").click();
    await expect(there.reopenButton("Call the plumber")).toBeVisible();
  });

  await test.step("filters narrow and stand in the address", async () => {
    await tasks.filterBy("High");
    await expect(page).toHaveURL(/priority=high/);
    await expect(tasks.link("Pay the rent")).toBeVisible();
    await expect(tasks.link("Call the plumber")).toBeHidden();
    await page.reload();
    await expect(tasks.link("Pay the rent")).toBeVisible();
    await expect(tasks.link("Call the plumber")).toBeHidden();
    await page.getByRole("button", { name: "Remove filter Priority: High" }).click();
    await expect(tasks.link("Call the plumber")).toBeVisible();
  });

  await test.step("deleting can be undone", async () => {
    const panel = await tasks.open("Pay the rent");
    await panel.getByRole("button", { name: "Move to trash" }).click();
    await expect(tasks.link("Pay the rent")).toBeHidden();
    await expect(there.link("Pay the rent")).toBeHidden();
    await tasks.toast("to the trash").getByRole("button", { name: "Undo" }).click();
    await expect(tasks.link("Pay the rent")).toBeVisible();
    await expect(there.link("Pay the rent")).toBeVisible();
  });

  await test.step("a reload shows the same, the open task included", async () => {
    await tasks.open("Pay the rent");
    await page.reload();
    const panel = tasks.panel();
    await expect(panel.getByLabel("Title", { exact: true })).toHaveValue("Pay the rent");
    await expect(panel.getByText("To the usual account.")).toBeVisible();
    await expect(panel.getByRole("button", { name: "Priority: High" })).toBeVisible();
    await expect(panel.getByRole("button", { name: "Status: In progress" })).toBeVisible();
    await expect(panel.getByRole("button", { name: "Remove label home" })).toBeVisible();
    await tasks.closePanel();
    await expect(tasks.reopenButton("Call the plumber")).toBeVisible();
  });

  await test.step("notifications are read by opening them, or all together", async () => {
    await tasks.bell().click();
    const popover = page.getByRole("dialog", { name: "Notifications" });
    await popover.getByRole("link", { name: /Call the plumber/ }).click();
    await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue(
      "Call the plumber",
    );
    await tasks.closePanel();
    await expect(tasks.bell()).toHaveAccessibleName("Notifications, 1 unread");
    await tasks.bell().click();
    await popover.getByRole("button", { name: "Mark all as read" }).click();
    await page.keyboard.press("Escape");
    await expect(tasks.bell()).toHaveAccessibleName("Notifications");
    await expect(there.bell()).toHaveAccessibleName("Notifications");
  });

  await test.step("signing out and in again", async () => {
    await auth.signOut();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Welcome back" })).toBeVisible();
    await expect(page.getByText("Pay the rent")).toHaveCount(0);
    await page.goto("/login");
    await auth.signIn(person);
    await expect(tasks.link("Pay the rent")).toBeVisible();
  });
});

test("the trash lists what was deleted and gives it back", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Old plan" });
  await tasks.goto(`/tasks?task=${id}&do=delete`);
  await tasks.panel().getByRole("alert").getByRole("button", { name: "Move to trash" }).click();
  await expect(tasks.link("Old plan")).toBeHidden();
  await tasks.goTo("Trash");
  await home.getByRole("button", { name: "Restore “Old plan”" }).click();
  await expect(home.getByText("The trash is empty")).toBeVisible();
  await home.getByRole("link", { name: "Back to all tasks" }).click();
  await expect(tasks.link("Old plan")).toBeVisible();
});

test("links of the predecessor land on what they mean", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Bookmarked" });
  await home.goto(`/task/${id}/`);
  await expect(home).toHaveURL(`/tasks?task=${id}`);
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Bookmarked");
  await home.goto(`/task/${id}/edit/`);
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toBeFocused();
  await home.goto(`/task/${id}/delete/`);
  await expect(tasks.panel().getByRole("alert")).toContainText("Move this task to the trash?");
  await home.goto("/task/new/");
  await expect(home.getByLabel("Title", { exact: true })).toBeFocused();
  await home.getByLabel("Title", { exact: true }).fill("Made by an old link");
  await home.getByRole("button", { name: "Add task" }).click();
  await expect(tasks.toast("Added “Made by an old link”")).toBeVisible();
});
