import { expect, test } from "./support/test";

test("a line shows what was understood before it is saved, and Backspace takes it back", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  await tasks.goto("/tasks");
  const field = await tasks.startAdding();
  await field.pressSequentially("Pay rent tomorrow !high #home");
  const chips = home.getByRole("list", { name: "Understood" });
  await expect(chips.getByRole("listitem")).toHaveText(["Due Tomorrow", "Priority High", "home"]);
  await expectAccessible(home, isMobile ? "[data-layer]" : "main");

  await field.press("Backspace");
  await expect(field).toHaveValue("Pay rent tomorrow !high #home");
  await expect(chips.getByRole("listitem")).toHaveText(["Due Tomorrow", "Priority High"]);
  await chips.getByRole("button", { name: "Keep “tomorrow” as text" }).click();
  await expect(chips.getByRole("listitem")).toHaveText(["Priority High"]);
  await expect(field).toBeFocused();

  await field.press("Enter");
  await expect(field).toHaveValue("");
  await expect
    .poll(async () => (await api.tasks())[0])
    .toMatchObject({
      title: "Pay rent tomorrow #home",
      priority: "high",
      due_date: null,
      labels: [],
    });
});

test("what was understood is saved, and what was chosen by hand counts before it", async ({
  home,
  api,
  tasks,
}) => {
  await tasks.goto("/tasks");
  const field = await tasks.startAdding();
  await field.pressSequentially("Call Bob 2199-03-01 17:30 !low #work");
  await expect(home.getByRole("list", { name: "Understood" })).toContainText(
    "Due 1 Mar 2199, 17:30",
  );
  await tasks.choose(home.getByRole("button", { name: "Priority: Low" }).last(), "High");
  await expect(home.getByRole("list", { name: "Understood" })).not.toContainText("Priority");
  await field.press("Enter");
  await expect
    .poll(async () => (await api.tasks())[0])
    .toMatchObject({
      title: "Call Bob",
      priority: "high",
      due_date: "2199-03-01",
      due_time: "17:30",
      labels: ["work"],
    });
});

test("typing does not wait for the language, and saving does", async ({ home, api, tasks }) => {
  await home.route(/\/assets\/reader-.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await tasks.goto("/tasks");
  const field = await tasks.startAdding();
  await field.pressSequentially("Slow phone #net");
  await expect(field).toHaveValue("Slow phone #net");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  release();
  await expect
    .poll(async () => (await api.tasks())[0])
    .toMatchObject({ title: "Slow phone", labels: ["net"] });
});
