import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _home, api, tasks }) => {
  await api.addTask({ title: "Pay rent", labels: ["home"] });
  await api.addTask({ title: "Call Ana", labels: ["hot topics"] });
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay rent")).toBeVisible();
});

test("a label that is being typed is offered, by keys and by touch", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  const field = await tasks.startAdding();
  const offers = home.getByRole("listbox", { name: "Labels" });
  await field.focus();
  await field.pressSequentially("Sweep #h");
  await expect(offers.getByRole("option")).toHaveText(["home", "hot topics"]);
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(home);
  if (isMobile) {
    await offers.getByRole("option", { name: "hot topics" }).tap();
  } else {
    await home.keyboard.press("Escape");
    await expect(offers).toBeHidden();
    await field.pressSequentially("o");
    await field.press("ArrowUp");
    const second = offers.getByRole("option", { name: "hot topics" });
    await expect(second).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute(
      "aria-activedescendant",
      (await second.getAttribute("id")) ?? "",
    );
    await field.press("Enter");
  }
  await expect(offers).toBeHidden();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('Sweep #"hot topics" ');
  await field.press("Enter");
  const labels = async () => {
    const made = (await api.tasks()).find(({ title }) => title === "Sweep");
    return made && (await api.task(made.id)).labels;
  };
  await expect.poll(labels).toEqual(["hot topics"]);
});

test("a known label keeps its spelling, and Enter saves while labels are offered", async ({
  home,
  api,
  tasks,
}) => {
  const field = await tasks.startAdding();
  await field.focus();
  await field.pressSequentially("Dust #HOME");
  await expect(home.getByRole("list", { name: "Understood" })).toContainText("home");
  await field.pressSequentially(" #ho");
  await expect(home.getByRole("listbox", { name: "Labels" })).toBeVisible();
  await field.press("Enter");
  const labels = async () => {
    const made = (await api.tasks()).find(({ title }) => title === "Dust");
    return made && (await api.task(made.id)).labels;
  };
  await expect.poll(labels).toEqual(["home", "ho"]);
});
