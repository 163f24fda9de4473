import type { Page } from "@playwright/test";
import { TasksPage } from "./support/tasks-page";
import { expect, test } from "./support/test";

test.beforeEach(async ({ api }) => {
  await api.addTask({ title: "Pay the rent", labels: ["home"], priority: "high" });
  await api.addTask({ title: "Water the plants", labels: ["home"], priority: "low" });
  await api.addTask({ title: "Send the invoice", labels: ["work"], priority: "high" });
});

async function expectSameView(page: Page, isMobile: boolean): Promise<void> {
  const tasks = new TasksPage(page, isMobile);
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Water the plants");
  await expect(
    page.getByRole("button", { name: "Remove filter #home", includeHidden: true }),
  ).toBeVisible();
  const list = page.getByRole("list", { name: "Tasks tasks", includeHidden: true });
  await expect(list.locator("[data-task-link]")).toHaveText(["Water the plants", "Pay the rent"]);
}

test("reload, Back and a second tab reproduce filters, sort, view and open task", async ({
  home,
  tasks,
  context,
  isMobile,
}) => {
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await tasks.filterBy("home");
  await tasks.arrange("Nothing", "Title", "Z to A");
  await tasks.open("Water the plants");
  await expectSameView(home, isMobile);

  await home.reload();
  await expectSameView(home, isMobile);

  const second = await context.newPage();
  await second.goto(home.url());
  await expectSameView(second, isMobile);
  await second.close();

  await home.goto("/trash");
  await expect(home.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await home.goBack();
  await expectSameView(home, isMobile);
  await tasks.closePanel();
  await home.goBack();
  await expectSameView(home, isMobile);
});
