import type { Page } from "@playwright/test";
import { makeUpTasks } from "./support/made-up";
import { expect, test } from "./support/test";

/** Where each row in the window stands, once nothing moves any more. */
async function rowsInSight(page: Page): Promise<Record<string, number>> {
  const look = () =>
    page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const seen = [...document.querySelectorAll<HTMLElement>("[data-row]")].map(
        (row) => [row.dataset.row ?? "", Math.round(row.getBoundingClientRect().top)] as const,
      );
      return Object.fromEntries(seen.filter(([, top]) => top >= 0 && top < window.innerHeight));
    });
  let rows = await look();
  await expect(async () => {
    const before = rows;
    rows = await look();
    expect(rows).toEqual(before);
    expect(Object.keys(rows).length).toBeGreaterThan(5);
  }).toPass();
  return rows;
}

for (const total of [60, 300]) {
  test(`what is read far down in ${total} rows keeps its place, and what is new waits`, async ({
    home,
    api,
    tasks,
  }) => {
    await makeUpTasks(home, total, (n) => ({ id: 1_000_000_000 + n, title: `Task ${n}` }));
    await tasks.goto("/tasks");
    await expect(tasks.link(`Task ${total - 1}`)).toBeVisible();
    await tasks.whenKeysWork();
    await home.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await expect(tasks.link(`Task ${total - 1}`)).not.toBeInViewport();
    const rows = await rowsInSight(home);

    await api.addTask({ title: "New above", due_date: "2020-01-01" });
    await expect(home.getByRole("button", { name: "1 update" })).toBeInViewport();
    expect(await rowsInSight(home)).toEqual(rows);

    await home.evaluate(() => window.scrollTo(0, 0));
    await expect(tasks.link("New above")).toBeInViewport();
    await expect(home.getByRole("button", { name: "1 update" })).toBeHidden();
  });
}
