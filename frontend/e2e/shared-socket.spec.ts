import type { BrowserContext, Page, WebSocket } from "@playwright/test";
import { expect, test } from "./support/test";

/** Every socket that is open now, and whose page it is. */
function watchSockets(context: BrowserContext): Map<WebSocket, Page> {
  const open = new Map<WebSocket, Page>();
  const watch = (page: Page) => {
    page.on("websocket", (socket) => {
      open.set(socket, page);
      socket.on("close", () => open.delete(socket));
    });
    page.on("close", () => {
      for (const [socket, owner] of open) if (owner === page) open.delete(socket);
    });
  };
  for (const page of context.pages()) watch(page);
  context.on("page", watch);
  return open;
}

const link = (page: Page, name: string) => page.getByRole("main").getByRole("link", { name });

async function openTwo(context: BrowserContext, first: Page): Promise<[Page, Page]> {
  const second = await context.newPage();
  for (const page of [first, second]) {
    await page.goto("/tasks");
    await expect(link(page, "Before")).toBeVisible();
  }
  return [first, second];
}

test("tabs share one socket; when the tab that has it closes, another goes on", async ({
  context,
  home,
  api,
}) => {
  test.slow();
  const id = await api.addTask({ title: "Before" });
  const sockets = watchSockets(context);
  const tabs = await openTwo(context, home);
  // A tab that had its own would have opened it before it could show this.
  await api.changeTask(id, { title: "Told once" });
  for (const tab of tabs) await expect(link(tab, "Told once")).toBeVisible();
  expect(sockets.size).toBe(1);

  const [owner] = sockets.values();
  const other = tabs.find((tab) => tab !== owner) as Page;
  await owner?.close();
  await expect.poll(() => [...sockets.values()]).toEqual([other]);
  await api.changeTask(id, { title: "Told the one that is left" });
  await expect(link(other, "Told the one that is left")).toBeVisible();
});

test("a tab that the browser puts to sleep hands over", async ({ context, home, api }) => {
  test.slow();
  const id = await api.addTask({ title: "Before" });
  const sockets = watchSockets(context);
  const tabs = await openTwo(context, home);
  await expect.poll(() => sockets.size).toBe(1);
  const [owner] = sockets.values();
  const other = tabs.find((tab) => tab !== owner) as Page;
  // What a browser says before it stops a page's scripts, and when they go on.
  await owner?.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await expect.poll(() => [...sockets.values()]).toEqual([other]);
  await api.changeTask(id, { title: "While one slept" });
  await expect(link(other, "While one slept")).toBeVisible();

  await owner?.evaluate(() => document.dispatchEvent(new Event("resume")));
  await other.close();
  await expect.poll(() => [...sockets.values()]).toEqual([owner]);
  await api.changeTask(id, { title: "Awake again" });
  await expect(link(owner as Page, "Awake again")).toBeVisible();
});

test("logging out closes it", async ({ context, home, api, auth }) => {
  await api.addTask({ title: "Before" });
  const sockets = watchSockets(context);
  await openTwo(context, home);
  await expect.poll(() => sockets.size).toBe(1);
  await auth.signOut();
  await expect.poll(() => sockets.size).toBe(0);
});
