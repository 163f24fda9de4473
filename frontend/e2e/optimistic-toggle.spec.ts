import { expect, test } from "./support/test";

const WRITE = /\/api\/tasks\/\d+\/$/;
const SLOW_MS = 2_000;
const AT_ONCE_MS = 100;

declare global {
  interface Window {
    repaintedAfter?: number;
  }
}

test("with an API of two seconds a toggle repaints within 100 ms", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Slow" });
  await tasks.goto("/");
  const ring = tasks.completeButton("Slow");
  await expect(ring).toBeVisible();
  await home.route(WRITE, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    await route.continue();
  });
  // Measured in the page: from the press to the frame that shows what it did.
  await home.evaluate(() => {
    const isShown = () => document.querySelector("[aria-label='Reopen “Slow”']") !== null;
    const onClick = ({ timeStamp }: MouseEvent) => {
      new MutationObserver((_, observer) => {
        if (!isShown()) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          window.repaintedAfter = performance.now() - timeStamp;
        });
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    };
    document.addEventListener("click", onClick, { capture: true, once: true });
  });
  await ring.click();
  await expect(tasks.reopenButton("Slow")).toBeVisible();
  const took = await home.waitForFunction(() => window.repaintedAfter);
  expect(await took.jsonValue()).toBeLessThan(AT_ONCE_MS);
  expect((await api.task(id)).status).toBe("pending");
  await expect.poll(async () => (await api.task(id)).status).toBe("completed");
});

test.describe("when the server fails", () => {
  test.use({ tolerated: /status of 500/ });

  test("a toggle goes back, says so, keeps the focus, and can be tried again", async ({
    home,
    api,
    tasks,
  }) => {
    const id = await api.addTask({ title: "Fragile", due_date: "2199-01-01" });
    await api.addTask({ title: "Below it", due_date: "2199-01-02" });
    await tasks.goto("/tasks");
    const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
    await home.route(WRITE, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body }),
    );
    const ring = tasks.completeButton("Fragile");
    await ring.focus();
    await home.keyboard.press("Enter");
    const toast = tasks.toast("“Fragile” was not saved");
    await expect(toast).toBeVisible();
    await expect(tasks.toast("Completed “Fragile”")).toBeHidden();
    await expect(ring).toBeFocused();
    await home.unroute(WRITE);
    await toast.getByRole("button", { name: "Retry" }).click();
    await expect.poll(async () => (await api.task(id)).status).toBe("completed");
  });
});
