import { expect, test } from "./support/test";

const note = "Changed elsewhere while you were typing";

test("a field being edited keeps what is typed, and says that it was changed elsewhere", async ({
  home: _signedIn,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Before", description: "Old words" });
  await tasks.goto(`/tasks?task=${id}`);
  const panel = tasks.panel();
  const title = panel.getByLabel("Title", { exact: true });
  await title.fill("Mine");
  await api.changeTask(id, { title: "Theirs" });
  await expect(panel.getByText(note)).toBeVisible();
  await expect(title).toHaveValue("Mine");
  await expect(title).toHaveAccessibleDescription(note);
  await expect(title).toBeFocused();
});

test("so does the description", async ({ home: _signedIn, api, tasks }) => {
  const id = await api.addTask({ title: "Before", description: "Old words" });
  await tasks.goto(`/tasks?task=${id}`);
  const panel = tasks.panel();
  await panel.getByRole("button", { name: "Write" }).click();
  const field = panel.getByLabel("Description");
  await field.fill("My words");
  await api.changeTask(id, { description: "Their words" });
  await expect(panel.getByText(note)).toBeVisible();
  await expect(field).toHaveValue("My words");
  await expect(field).toBeFocused();
});

test("a new task being typed is left alone by what arrives", async ({ home, api, tasks }) => {
  await tasks.goto("/tasks?task=new");
  const title = home.getByRole("combobox", { name: "Title" });
  await title.fill("Half a thou");
  await api.addTask({ title: "From elsewhere" });
  await expect(tasks.link("From elsewhere")).toBeAttached();
  await expect(title).toHaveValue("Half a thou");
  await expect(title).toBeFocused();
});
