import type { BrowserContext, Page } from "@playwright/test";
import { newPerson } from "./support/people";
import { expect, test } from "./support/test";

const SECRET = "Private to the first";

// What is kept for a start without the network is the subject, too.
test.use({ serviceWorkers: "allow", tolerated: /status of 401/ });

async function openTabs(context: BrowserContext, first: Page): Promise<Page[]> {
  const tabs = [first, await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => tab.goto("/tasks")));
  for (const tab of tabs) await expect(tab.getByText(SECRET).first()).toBeVisible();
  return tabs;
}

/** Which of these words are in anything that this browser keeps: tables, the worker's files, both storages. */
async function foundOnDisk(page: Page, ...words: string[]): Promise<string[]> {
  return page.evaluate(async (searched) => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const db = await wait(indexedDB.open(name ?? ""));
      for (const table of db.objectStoreNames)
        found.push(await wait(db.transaction(table).objectStore(table).getAll()));
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found.push(request.url, await (await cache.match(request))?.text());
    }
    const text = JSON.stringify(found);
    return searched.filter((word) => text.includes(word));
  }, words);
}

test("logging out empties every tab and the disk, and the next person sees no row of the last", async ({
  context,
  home,
  api,
  auth,
  person,
}) => {
  test.slow();
  await api.addTask({ title: SECRET });
  const tabs = await openTabs(context, home);
  await home.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The copy is written a moment after the list has come.
  const words = [SECRET, person.username];
  await expect.poll(() => foundOnDisk(home, ...words)).toEqual(words);

  await auth.signOut();
  for (const tab of tabs) {
    await expect(tab.getByRole("heading", { name: "Welcome back" })).toBeVisible();
    await expect(tab.getByText(SECRET)).toHaveCount(0);
  }
  await expect.poll(() => foundOnDisk(home, ...words)).toEqual([]);

  await auth.signUp(newPerson());
  for (const tab of tabs) {
    await expect(tab.getByRole("heading", { name: "A clear page" })).toBeVisible();
    await expect(tab.getByText(SECRET)).toHaveCount(0);
  }
  expect(await foundOnDisk(home, ...words)).toEqual([]);
});

test("a log-out is stronger than a refresh that is under way", async ({
  context,
  home,
  api,
  auth,
}) => {
  await api.addTask({ title: SECRET });
  await home.goto("/");
  await expect(home.getByText(SECRET).first()).toBeVisible();
  const other = await context.newPage();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await other.route("**/api/auth/token/refresh/", async (route) => {
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer });
  });
  const asked = other.waitForRequest("**/api/auth/token/refresh/");
  await other.goto("/");
  await asked;
  await auth.signOut();
  release();
  await expect(other.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await other.reload();
  await expect(other.getByRole("heading", { name: "Welcome back" })).toBeVisible();
});
