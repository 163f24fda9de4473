import { expect, test } from "./support/test";

const description =
  "Pack:\r\n\r\n- [ ] socks\r\n  - [x] warm ones\r\n* [ ] socks\r\n\r\n```\r\n- [ ] code\r\n```\r\n";

test("ticking an item changes one letter of the text, and counts on the row", async ({
  home,
  api,
  tasks,
}) => {
  const id = await api.addTask({ title: "Trip", description });
  const before = String((await api.task(id)).description);
  await tasks.goto("/tasks");
  await expect(tasks.row("Trip")).toContainText("1 of 3");
  const panel = await tasks.open("Trip");
  await expect(panel.getByText("1 of 3")).toBeVisible();
  const second = panel.getByRole("checkbox", { name: "socks" }).nth(1);
  await second.focus();
  await home.keyboard.press("Space");
  await expect(second).toBeChecked();
  await expect(panel.getByText("2 of 3")).toBeVisible();
  await expect(home.locator("[aria-live]").filter({ hasText: "2 of 3" })).toHaveCount(1);
  await expect
    .poll(async () => (await api.task(id)).description)
    .toBe(before.replace("* [ ] socks", "* [x] socks"));
  await panel.getByRole("checkbox", { name: "warm ones" }).click();
  await expect(panel.getByText("1 of 3")).toBeVisible();
  await tasks.closePanel();
  await expect(tasks.row("Trip")).toContainText("1 of 3");
});

test("two quick ticks both stay", async ({ home: _signedIn, api, tasks }) => {
  const id = await api.addTask({ title: "Trip", description: "- [ ] one\n- [ ] two" });
  await tasks.goto(`/tasks?task=${id}`);
  await tasks.panel().getByRole("checkbox", { name: "one" }).click();
  await tasks.panel().getByRole("checkbox", { name: "two" }).click();
  await expect.poll(async () => (await api.task(id)).description).toBe("- [x] one\n- [x] two");
});

test("cards and the rows of days count as well", async ({ home: _signedIn, api, tasks }) => {
  await api.addTask({ title: "Trip", description, due_date: "2026-01-02" });
  for (const path of ["/board", "/upcoming"]) {
    await tasks.goto(path);
    await expect(tasks.row("Trip")).toContainText("1 of 3");
  }
});
