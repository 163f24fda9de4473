import { readFileSync } from "node:fs";
import { hold } from "./support/hold";
import { expect, test } from "./support/test";

const IMPORT = "**/api/tasks/import/";
const EXPORT = "**/api/auth/me/export/";

function csv(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, n) => `Task ${n},high,2030-01-31,"home;work"`);
  return Buffer.from(["title,priority,due_date,labels", ...lines].join("\n"));
}

test.describe("an import", () => {
  test.use({ tolerated: /status of 503|ERR_FAILED/ });

  test("is previewed, can be left, fails half-way, goes on, and makes each task once", async ({
    home,
    tasks,
    api,
    expectAccessible,
  }) => {
    test.slow();
    await tasks.goto("/settings/data");
    const wrong = "\n,low,,\nBad date,low,31.01.2030,";
    const buffer = Buffer.concat([csv(205), Buffer.from(wrong)]);
    await home.getByLabel("File").setInputFiles({ name: "t.csv", mimeType: "text/csv", buffer });
    await expect(home.getByText("2 lines are left out")).toBeVisible();
    await expect(home.getByText("Line 207: It has no title.")).toBeVisible();
    await expectAccessible(home);

    // The second chunk arrives and its answer does not: the worst moment.
    let chunks = 0;
    await home.route(IMPORT, async (route) => {
      chunks += 1;
      if (chunks !== 2) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await home.getByRole("button", { name: "Import 205 tasks" }).click();
    await expect(home.getByText("The import has stopped")).toBeVisible();
    await expect(home.getByText("100 of 205.")).toBeVisible();

    const sections = home.getByRole("navigation", { name: "Settings" });
    await sections.getByRole("link", { name: "Password" }).click();
    await sections.getByRole("link", { name: "My data" }).click();
    await home.getByRole("button", { name: "Go on" }).click();
    await expect(home.getByText("Imported 205 tasks")).toBeVisible();
    expect(await api.count()).toBe(205);
  });

  test("can be cancelled, and what is done stays done", async ({ home, tasks, api }) => {
    await tasks.goto("/settings/data");
    const letGo = await hold(home, IMPORT);
    const file = { name: "t.csv", mimeType: "text/csv", buffer: csv(150) };
    await home.getByLabel("File").setInputFiles(file);
    await home.getByRole("button", { name: "Import 150 tasks" }).click();
    await expect(home.getByRole("progressbar", { name: "Importing" })).toBeVisible();
    await home.getByRole("button", { name: "Cancel" }).click();
    letGo();
    await expect(home.getByText("The import has stopped")).toBeVisible();
    await home.getByRole("button", { name: "Leave the rest out" }).click();
    await expect(home.getByLabel("File")).toBeVisible();
    expect(await api.count()).toBe(100);
  });

  test("is left while it runs, and how it went is said wherever one is", async ({
    home,
    tasks,
    api,
  }) => {
    await tasks.goto("/settings/data");
    let chunks = 0;
    await home.route(IMPORT, (route) => {
      chunks += 1;
      return chunks === 2 ? route.abort() : route.continue();
    });
    const letGo = await hold(home, IMPORT);
    const file = { name: "t.csv", mimeType: "text/csv", buffer: csv(150) };
    await home.getByLabel("File").setInputFiles(file);
    await home.getByRole("button", { name: "Import 150 tasks" }).click();
    await expect(home.getByRole("progressbar", { name: "Importing" })).toBeVisible();
    await tasks.goTo("Today");
    letGo();
    const stopped = tasks.toast("The import has stopped");
    await stopped.getByRole("button", { name: "Show" }).click();
    await expect(home.getByText("100 of 150.")).toBeVisible();

    await home.unroute(IMPORT);
    const goOn = await hold(home, IMPORT);
    await home.getByRole("button", { name: "Go on" }).click();
    await tasks.goTo("Today");
    goOn();
    await expect(tasks.toast("Imported 150 tasks")).toBeVisible();
    expect(await api.count()).toBe(150);
  });
});

test.describe("an export", () => {
  test.use({ tolerated: /status of 500/ });

  test("shows that it goes on, can be cancelled, and is left while it runs", async ({
    home,
    tasks,
    api,
  }) => {
    await api.addTask({ title: "Pay rent" });
    await tasks.goto("/settings/data");
    const start = home.getByRole("button", { name: "Export everything" });
    const progress = home.getByRole("progressbar", { name: "Exporting" });
    const letGo = await hold(home, EXPORT);
    await start.click();
    await expect(progress).toBeVisible();
    await home.getByRole("button", { name: "Cancel" }).click();
    await expect(progress).toBeHidden();

    await start.click();
    await tasks.goTo("Today");
    await home.goBack();
    await expect(progress).toBeVisible();
    const asked = home.waitForEvent("dialog");
    await home.close({ runBeforeUnload: true });
    expect((await asked).type()).toBe("beforeunload");
    await (await asked).dismiss();
    await tasks.goTo("Today");
    const download = home.waitForEvent("download");
    letGo();
    expect((await download).suggestedFilename()).toMatch(/^tasks-.*\.json$/);
    await expect(tasks.toast("Exported 1 task.")).toBeVisible();
  });

  test("that fails says so wherever one is, and leads back", async ({ home, tasks }) => {
    await tasks.goto("/settings/data");
    const body = JSON.stringify({ title: "Oops", status: 500, code: "error" });
    const contentType = "application/problem+json";
    await home.route(EXPORT, (route) => route.fulfill({ status: 500, contentType, body }));
    const letGo = await hold(home, EXPORT);
    await home.getByRole("button", { name: "Export everything" }).click();
    await tasks.goTo("Today");
    letGo();
    await tasks
      .toast("The export did not arrive whole.")
      .getByRole("button", { name: "Show" })
      .click();
    const failed = home.getByRole("status").filter({ hasText: "The export did not arrive whole." });
    await expect(failed).toContainText("The server had a problem.");
  });
});

test("an export arrives whole, and comes in again", async ({ home, tasks, api }) => {
  await api.addTask({ title: "Pay rent", labels: ["home"] });
  await tasks.goto("/settings/data");
  const download = home.waitForEvent("download");
  await home.getByRole("button", { name: "Export everything" }).click();
  const path = await (await download).path();
  await expect(home.getByText("Exported 1 task.")).toBeVisible();
  const whole = JSON.parse(readFileSync(path, "utf8")) as { tasks: { title: string }[] };
  expect(whole.tasks.map(({ title }) => title)).toEqual(["Pay rent"]);
  await home.getByLabel("File").setInputFiles(path);
  await home.getByRole("button", { name: "Import 1 task" }).click();
  await expect(home.getByText("Imported 1 task")).toBeVisible();
  expect(await api.count()).toBe(2);
});
