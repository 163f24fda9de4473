import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const column = (page: Page, name: string) => page.getByRole("list", { name: `${name} tasks` });

test("every task stands in the column of its status, as one tree", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "A phone shows one column, which the next test looks at.");
  await api.addTask({ title: "Write", due_date: "2020-01-01", priority: "high", labels: ["work"] });
  await api.addTask({ title: "Review", status: "in_progress" });
  await api.addTask({ title: "Ship", status: "completed" });
  await tasks.goto("/board");
  await expect(column(home, "Pending").getByRole("link", { name: "Write" })).toBeVisible();
  await expect(home.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Board" [level=1]
      - paragraph
      - button "Filter"
      - region "Pending 1":
        - heading "Pending 1" [level=2]
        - list "Pending tasks":
          - listitem:
            - button "Complete “Write”"
            - link "Write"
            - button "More for “Write”"
            - text: /work due 1 Jan 2020 , late Priority. High/
      - region "In progress 1":
        - heading "In progress 1" [level=2]
        - list "In progress tasks":
          - listitem:
            - button "Complete “Review”"
            - link "Review"
            - button "More for “Review”"
            - text: "Priority: Medium"
      - region "Completed 1":
        - heading "Completed 1" [level=2]
        - list "Completed tasks":
          - listitem:
            - button "Reopen “Ship”"
            - link "Ship"
            - button "More for “Ship”"
            - text: "Priority: Medium"
  `);
});

test("filters and the open task work as on the list, and survive a reload", async ({
  home,
  api,
  tasks,
}) => {
  await api.addTask({ title: "Urgent", priority: "high" });
  await api.addTask({ title: "Some day", priority: "low" });
  await tasks.goto("/board?priority=high");
  await expect(tasks.link("Urgent")).toBeVisible();
  await expect(tasks.link("Some day")).toBeHidden();
  const panel = await tasks.open("Urgent");
  await home.reload();
  await expect(panel.getByLabel("Title", { exact: true })).toHaveValue("Urgent");
  await expect(tasks.link("Some day")).toBeHidden();
  await tasks.closePanel();
  await expect(panel).toBeHidden();
});

test("on a phone one column is a page of its own", async ({ home, api, tasks, isMobile }) => {
  test.skip(!isMobile, "A desktop shows all three.");
  await api.addTask({ title: "Write" });
  await api.addTask({ title: "Ship", status: "completed" });
  await tasks.goto("/board");
  await expect(tasks.link("Write")).toBeVisible();
  await expect(home.getByRole("tablist")).toMatchAriaSnapshot(`
    - tablist "Columns":
      - tab "1 Pending" [selected]
      - tab "0 In progress"
      - tab "1 Completed"
  `);
  await home.getByRole("tab", { name: /Completed/ }).click();
  await expect(tasks.link("Ship")).toBeVisible();
  await expect(tasks.link("Write")).toBeHidden();
});

test("what changes elsewhere moves between columns by itself", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  const id = await api.addTask({ title: "Shared" });
  await tasks.goto("/board");
  await expect(column(home, "Pending").getByRole("link", { name: "Shared" })).toBeVisible();
  await api.changeTask(id, { status: "in_progress" });
  if (isMobile) await home.getByRole("tab", { name: "1 In progress" }).click();
  await expect(column(home, "In progress").getByRole("link", { name: "Shared" })).toBeVisible();
});

test("a card's menu needs no hover on a phone", async ({ home, api, tasks, isMobile }) => {
  test.skip(!isMobile, "A mouse can hover.");
  await api.addTask({ title: "Write" });
  await tasks.goto("/board");
  const menu = home.getByRole("button", { name: "More for “Write”" });
  await expect(menu).toHaveCSS("opacity", "1");
});
