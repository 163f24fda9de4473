import { expect, test } from "./support/test";

test.beforeEach(async ({ api }) => {
  await api.addTask({ title: "Pay the rent", labels: ["home"], priority: "high" });
  await api.addTask({ title: "Water the plants", labels: ["home", "garden"] });
  await api.addTask({ title: "Send the invoice", labels: ["work"], due_date: "2020-01-01" });
  await api.addTask({ title: "Start the report", labels: ["work"], status: "in_progress" });
  await api.addTask({ title: "Old news", status: "completed" });
});

test("labels, days, words, status and priority narrow the list at once, each with a chip", async ({
  home,
  tasks,
  expectAccessible,
}) => {
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await home.getByRole("button", { name: "Filter", exact: true }).click();
  const layer = home.getByRole("dialog", { name: "Filters" });
  await layer.getByRole("button", { name: "home", exact: true }).click();
  await expect(layer.getByRole("button", { name: "home", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expectAccessible(home, "[data-layer]");
  await layer.getByRole("button", { name: "work", exact: true }).click();
  await layer.getByRole("button", { name: "Overdue" }).click();
  await home.keyboard.press("Escape");
  await expect(home.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
  await expect(tasks.link("Send the invoice")).toBeVisible();
  await expect(tasks.link("Pay the rent")).toBeHidden();
  await expect(home).toHaveURL(/due=overdue/);
  await expect(home.locator("[aria-live=polite]").first()).toHaveText("1 task");
  await home.getByRole("button", { name: "Remove filter Overdue" }).click();
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await home.getByRole("button", { name: "Clear filters" }).click();
  await expect(home).toHaveURL(/\/tasks$/);
});

test("words are looked for in titles and descriptions", async ({ home, tasks }) => {
  await tasks.goto("/tasks");
  await home.getByRole("button", { name: "Filter", exact: true }).click();
  await home.getByRole("searchbox", { name: "Words in title or description" }).fill("the pl");
  await expect(home).toHaveURL(/search=the\+pl/);
  await home.keyboard.press("Escape");
  await expect(home.getByRole("button", { name: "Remove filter “the pl”" })).toBeVisible();
  await expect(tasks.link("Water the plants")).toBeVisible();
  await expect(tasks.link("Pay the rent")).toBeHidden();
});

test("tasks stand under the headings and in the order that were chosen", async ({
  home,
  tasks,
  isMobile,
}) => {
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await tasks.arrange("Label", "Title");
  await expect(home).toHaveURL(/grouping=label&ordering=title/);
  await expect(home.getByRole("main").getByRole("heading", { level: 2 })).toContainText([
    "home",
    "work",
    "Completed",
  ]);
  await expect(tasks.group("home").getByRole("link", { name: /^(Pay|Water)/ })).toHaveText([
    "Pay the rent",
    "Water the plants",
  ]);
  await tasks.arrange("Z to A");
  await expect(tasks.group("home").getByRole("link", { name: /^(Pay|Water)/ })).toHaveText([
    "Water the plants",
    "Pay the rent",
  ]);
  test.skip(isMobile, "The tree is the same on every screen.");
  await tasks.arrange("Status");
  await expect(home.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "All tasks" [level=1]
      - region "In progress 1":
        - heading "In progress 1" [level=2]
        - list "In progress tasks":
          - listitem:
            - link /Start the report/
      - region "Pending 3":
        - heading "Pending 3" [level=2]
        - list "Pending tasks":
          - listitem:
            - link "Water the plants"
          - listitem:
            - link "Send the invoice"
          - listitem:
            - link "Pay the rent"
      - heading "Completed 1" [level=2]
  `);
});
