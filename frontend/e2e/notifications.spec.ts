import { hold } from "./support/hold";
import { expect, test } from "./support/test";

test("unread ones are filtered by the address, and each is marked both ways", async ({
  home,
  tasks,
  api,
}) => {
  await api.addTask({ title: "Pay rent" });
  await api.addTask({ title: "Call the plumber" });
  await tasks.goto("/notifications");
  await expect(home.getByText("2 unread")).toBeVisible();
  await home.getByRole("button", { name: "Mark “Pay rent” as read" }).click();
  await expect(home.getByText("1 unread")).toBeVisible();
  await home.getByRole("link", { name: "Unread", exact: true }).click();
  await expect(home).toHaveURL("/notifications?show=unread");
  const list = home.getByRole("list", { name: "Notifications" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toContainText("Call the plumber");
  await home.getByRole("button", { name: "Mark all as read" }).click();
  await expect(home.getByRole("heading", { name: "Nothing unread" })).toBeVisible();
  await home.getByRole("link", { name: "All", exact: true }).click();
  await home.getByRole("button", { name: "Mark “Pay rent” as unread" }).click();
  await expect(home.getByText("1 unread")).toBeVisible();
  await home.reload();
  await expect(home.getByRole("button", { name: "Mark “Pay rent” as read" })).toBeVisible();
});

test("all are marked as read by somebody who does not wait for their list", async ({
  home,
  tasks,
  api,
}) => {
  await api.addTask({ title: "Pay rent" });
  await tasks.goto("/tasks");
  await expect(tasks.bell()).toHaveAccessibleName("Notifications, 1 unread");
  const release = await hold(home, /\/api\/notifications\/\?/);
  await tasks.bell().click();
  await home.getByRole("button", { name: "Mark all as read" }).click();
  release();
  await expect(tasks.bell()).toHaveAccessibleName("Notifications");
});
