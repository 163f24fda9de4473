import type { Locator } from "@playwright/test";
import { expect, test } from "./support/test";

const list = ["- [ ] Milk !high", "- Bread tomorrow", "", "3. Eggs #shop"].join("\n");

/** As a person's Ctrl+V, without the clipboard's permissions. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const init = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent("paste", init));
  }, text);
}

test("several pasted lines become as many tasks, with one way back", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  await tasks.goto("/tasks");
  await paste(await tasks.startAdding(), list);
  const question = home.getByRole("dialog", { name: "Add 3 tasks?" });
  await expect(question.getByRole("listitem")).toContainText(["Milk", "Bread", "Eggs"]);
  await expectAccessible(home, "[data-layer]:has(ol)");
  await question.getByRole("button", { name: "Add 3 tasks" }).click();
  await expect(question).toBeHidden();
  if (isMobile) await tasks.closePanel();
  await expect(tasks.link("Bread")).toBeVisible();
  await expect.poll(async () => (await api.tasks()).length).toBe(3);
  expect(await api.tasks()).toContainEqual(
    expect.objectContaining({ title: "Milk", priority: "high" }),
  );
  await expect(tasks.toast("Added 3 tasks")).toBeVisible();
  await tasks.link("Bread").focus();
  await home.keyboard.press("Control+z");
  await expect(tasks.link("Bread")).toBeHidden();
  await expect.poll(async () => (await api.tasks()).length).toBe(0);
});

test("or one task, still to be edited", async ({ home, tasks }) => {
  await tasks.goto("/tasks");
  const field = await tasks.startAdding();
  await paste(field, "Milk\nBread");
  await home.getByRole("button", { name: "As one task" }).click();
  await expect(field).toHaveValue("Milk Bread");
  await expect(field).toBeFocused();
});
