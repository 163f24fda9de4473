import { expect, test } from "./support/test";

test("a task's link goes to the clipboard, or is there to be copied by hand", async ({
  context,
  home,
  api,
  tasks,
  address,
}) => {
  const id = await api.addTask({ title: "Shared" });
  const link = new URL(`/tasks?task=${id}`, address).href;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await tasks.goto(`/tasks?task=${id}`);
  const copy = tasks.panel().getByRole("button", { name: "Copy link" });
  await copy.click();
  await expect(tasks.toast("Link copied")).toBeVisible();
  expect(await home.evaluate(() => navigator.clipboard.readText())).toBe(link);

  // As on a page that came without TLS.
  await home.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await copy.click();
  const field = tasks.panel().getByRole("textbox", { name: "Link to this task" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(link);
  const selected = await field.evaluate(({ selectionStart, selectionEnd }: HTMLInputElement) => [
    selectionStart,
    selectionEnd,
  ]);
  expect(selected).toEqual([0, link.length]);
});
