import type { Locator } from "@playwright/test";
import { hold } from "./support/hold";
import { expect, test } from "./support/test";

/**
 * How many pictures the browser begins between a press and what it shows. A slow machine draws
 * fewer in a second, so that they say what the app waits for, and not what else is running.
 */
function framesUntilShown(button: Locator, shown: string): Promise<number> {
  return button.evaluate((element: HTMLElement, selector) => {
    let frames = 0;
    const count = () => {
      frames += 1;
      requestAnimationFrame(count);
    };
    return new Promise<number>((resolve) => {
      new MutationObserver(() => {
        if (document.querySelector(selector)) resolve(frames);
      }).observe(document.body, { attributes: true, childList: true, subtree: true });
      element.click();
      requestAnimationFrame(count);
    });
  }, shown);
}

const FRAMES_IN_100_MS = 6;
const WRITE = /\/api\/tasks\/\d+\/$/;

test("a toggle shows before the server has answered", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Slow" });
  await tasks.goto("/");
  const answer = await hold(home, WRITE);
  const reopen = "[aria-label='Reopen “Slow”']";
  const frames = await framesUntilShown(tasks.completeButton("Slow"), reopen);
  expect(frames).toBeLessThanOrEqual(FRAMES_IN_100_MS);
  await expect(tasks.reopenButton("Slow")).toBeVisible();
  expect((await api.task(id)).status).toBe("pending");
  answer();
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
    await tasks.whenKeysWork();
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

  test("typed text stays and can be sent again", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Before" });
    await tasks.goto(`/tasks?task=${id}`);
    const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
    await home.route(/\/api\/tasks\/\d+\/$/, (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({ status: 500, contentType: "application/problem+json", body })
        : route.continue(),
    );
    const title = tasks.panel().getByLabel("Title", { exact: true });
    await title.fill("A long thought");
    await title.press("Enter");
    await expect(title).toHaveAttribute("aria-invalid", "true");
    await expect(title).toHaveValue("A long thought");
    await home.unroute(/\/api\/tasks\/\d+\/$/);
    await tasks.panel().getByRole("button", { name: "Retry" }).click();
    await expect.poll(async () => (await api.task(id)).title).toBe("A long thought");
    await expect(title).not.toHaveAttribute("aria-invalid");
  });
});
