import { TasksPage } from "./support/tasks-page";
import { expect, test } from "./support/test";

test.use({
  // So that what is opened offline is there.
  serviceWorkers: "allow",
  tolerated: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection|status of 412/,
});

test("two browsers edit one task, one of them offline for a minute, and no edit is lost", async ({
  context,
  home,
  api,
  person,
  tasks,
  join,
}) => {
  test.slow();
  const id = await api.addTask({ title: "Draft", description: "Once", priority: "low" });
  await home.clock.install();
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  await expect(title).toHaveValue("Draft");
  const elsewhere = new TasksPage(await (await join(person)).newPage(), false);
  await elsewhere.goto(`/tasks?task=${id}`);

  await expect
    .poll(() => home.evaluate(() => navigator.serviceWorker.controller?.state))
    .toBe("activated");
  await context.setOffline(true);
  await expect(home.getByText("You’re offline.")).toBeVisible();
  await title.fill("Mine");
  await title.press("Enter");
  await tasks.choose(tasks.panel().getByRole("button", { name: "Priority: Low" }), "High");
  await expect(home.getByText("2 changes go out when you’re back.")).toBeVisible();

  const theirTitle = elsewhere.panel().getByLabel("Title", { exact: true });
  await theirTitle.fill("Theirs");
  await theirTitle.press("Enter");
  await elsewhere.choose(elsewhere.panel().getByRole("button", { name: /^Status/ }), "In progress");
  await expect
    .poll(() => api.task(id))
    .toMatchObject({ title: "Theirs", status: "in_progress", priority: "low" });

  await home.clock.fastForward("01:00");
  await context.setOffline(false);

  // The same field asks, and shows both.
  const question = home.getByRole("dialog", { name: "Changed in two places" });
  await expect(question.getByRole("radio", { name: "Mine Mine" })).toBeChecked();
  await expect(question.getByRole("radio", { name: "Theirs Theirs" })).toBeVisible();
  expect((await api.task(id)).title).toBe("Theirs");
  await question.getByRole("button", { name: "Keep my choice" }).click();

  // Different fields are merged.
  const merged = { title: "Mine", status: "in_progress", priority: "high" };
  await expect.poll(() => api.task(id)).toMatchObject(merged);
  await expect(theirTitle).toHaveValue("Mine");

  // What lost is a line of the history, and one press away.
  await tasks.panel().getByRole("button", { name: "History" }).click();
  await tasks.panel().getByRole("button", { name: "Set Title back to “Theirs”" }).click();
  await expect(title).toHaveValue("Theirs");
  await expect.poll(() => api.task(id)).toMatchObject({ ...merged, title: "Theirs" });
});
