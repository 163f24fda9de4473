import { SearchPage } from "./support/search-page";
import { expect, test } from "./support/test";

test.beforeEach(async ({ api }) => {
  await api.addTask({ title: "Pay the rent", labels: ["home"] });
  await api.addTask({
    title: "Call the plumber",
    description: "The **kitchen** tap drips; ask about the rent of a dryer.",
  });
  await api.addTask({ title: "Café with Émile", labels: ["home"], priority: "high" });
});

test("results follow the typing, the words found are marked in titles and descriptions", async ({
  home,
}) => {
  const search = new SearchPage(home);
  await search.goto();
  await search.field().pressSequentially("rent");
  await expect(search.results()).toHaveCount(2);
  await expect(search.results().first()).toContainText("Pay the rent");
  await expect(search.results().last()).toContainText("kitchen tap drips");
  await expect(search.marked()).toHaveText(["rent", "rent"]);
  await expect(home).toHaveURL(/\/search\?q=rent$/);
  await expect(home.locator("[aria-live=polite]").first()).toHaveText("2 results");
  await search.field().fill("emile cafe");
  await expect(search.results()).toHaveCount(1);
  await expect(search.marked()).toHaveText(["Café", "Émile"]);
});

test("what is typed while the address takes in what was typed before stays in the field", async ({
  home,
}) => {
  const search = new SearchPage(home);
  await search.goto();
  await home.evaluate(() => {
    const replace = history.replaceState.bind(history);
    history.replaceState = (...args) => {
      replace(...args);
      if (!String(args[2]).endsWith("q=rent")) return;
      const field = document.querySelector<HTMLInputElement>("input[type=search]");
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      value?.set?.call(field, "rent of");
      field?.dispatchEvent(new Event("input", { bubbles: true }));
    };
  });
  await search.field().fill("rent");
  await expect(home).toHaveURL(/q=rent\+of$/);
  await expect(search.field()).toHaveValue("rent of");
});

test("arrows go from the field into the results, Back returns from one to all of them", async ({
  home,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "There are no arrows on a phone.");
  const search = new SearchPage(home);
  await tasks.goto("/tasks");
  await expect(tasks.link("Pay the rent")).toBeVisible();
  await home.keyboard.press("/");
  await expect(search.field()).toBeFocused();
  await home.keyboard.type("rent");
  await expect(search.results()).toHaveCount(2);
  await home.keyboard.press("ArrowDown");
  await expect(search.result("Pay the rent")).toBeFocused();
  await home.keyboard.press("ArrowDown");
  await expect(search.result("Call the plumber")).toBeFocused();
  await home.keyboard.press("Enter");
  await expect(tasks.panel().getByLabel("Title", { exact: true })).toHaveValue("Call the plumber");
  await home.goBack();
  await expect(tasks.panel()).toBeHidden();
  await expect(search.results()).toHaveCount(2);
  await expect(search.field()).toHaveValue("rent");
  await search.result("Pay the rent").focus();
  await home.keyboard.press("ArrowUp");
  await expect(search.field()).toBeFocused();
});

test("the keys of lists work on results, and on the task that is open beside them", async ({
  home,
  api,
  tasks,
  isMobile,
}) => {
  test.skip(isMobile, "There are no keys on a phone.");
  const search = new SearchPage(home);
  const [rent] = (await api.tasks()).filter(({ title }) => title === "Pay the rent");
  await search.goto("/search?q=rent");
  await expect(search.results()).toHaveCount(2);
  await tasks.whenKeysWork();
  await search.result("Pay the rent").focus();
  await home.keyboard.press("p");
  await home.getByRole("menuitemcheckbox", { name: "High" }).press("Enter");
  await expect(home.getByRole("menu")).toBeHidden();
  await expect(search.result("Pay the rent")).toBeFocused();
  await home.keyboard.press("e");
  await expect(tasks.reopenButton("Pay the rent")).toBeVisible();
  await expect(search.result("Pay the rent")).toBeFocused();
  await expect
    .poll(() => api.task(rent?.id ?? 0))
    .toMatchObject({ priority: "high", status: "completed" });

  await home.keyboard.press("x");
  await home.keyboard.press("Shift+ArrowDown");
  const bar = home.getByRole("toolbar", { name: "Selected tasks" });
  await expect(bar).toContainText("2 selected");
  await home.keyboard.press("Escape");
  await expect(bar).toBeHidden();

  const panel = await tasks.open("Call the plumber");
  await panel.getByRole("button", { name: "Close" }).focus();
  await home.keyboard.press("#");
  await expect(search.results()).toHaveCount(1);
});

test("a result's menu does what the keys do", async ({ home, api, tasks }) => {
  const search = new SearchPage(home);
  await search.goto("/search?q=plumber");
  await search.results().first().hover();
  const opener = home.getByRole("button", { name: "More for “Call the plumber”" });
  await expect(opener).toHaveCSS("opacity", "1");
  await opener.click();
  await home.getByRole("menuitem", { name: "Start" }).click();
  await expect(opener).toBeFocused();
  const saved = async () => (await api.tasks()).find(({ title }) => title === "Call the plumber");
  await expect.poll(saved).toMatchObject({ status: "in_progress" });
  await expect(tasks.toast("Call the plumber")).toBeVisible();
});

test("a filter narrows what was found", async ({ home, tasks }) => {
  const search = new SearchPage(home);
  await search.goto("/search?q=e");
  await expect(search.results()).toHaveCount(3);
  await tasks.filterBy("home", "High");
  await expect(search.results()).toHaveCount(1);
  await expect(home).toHaveURL(/q=e&label=home&priority=high/);
  await home.reload();
  await expect(search.results()).toHaveCount(1);
});

test("nothing found says so and offers the way on", async ({ home, expectAccessible }) => {
  const search = new SearchPage(home);
  await search.goto("/search?q=zebra");
  await expect(home.getByRole("heading", { name: "Nothing matches “zebra”" })).toBeVisible();
  await expectAccessible(home);
  await home.getByRole("main").getByRole("button", { name: "Clear the search" }).last().click();
  await expect(search.field()).toBeFocused();
  await expect(search.field()).toHaveValue("");
});

test.describe("without the server", () => {
  test.use({ tolerated: /status of 500|ERR_INTERNET_DISCONNECTED|WebSocket/ });

  test("what is known here is found, with a hint; the rest can be tried again", async ({
    home,
  }) => {
    const search = new SearchPage(home);
    await home.route(/\/api\/tasks\/\?.*search=/, (route) => route.fulfill({ status: 500 }));
    await search.goto("/search?q=rent");
    await expect(search.results()).toHaveCount(2);
    await expect(home.getByText("only what is loaded here was searched")).toBeVisible();
    await home.unroute(/\/api\/tasks\/\?.*search=/);
    await home.getByRole("main").getByRole("button", { name: "Try again" }).click();
    await expect(home.getByText("only what is loaded here was searched")).toBeHidden();
  });

  test("offline the search goes on with what this device has", async ({ home, context }) => {
    const search = new SearchPage(home);
    await search.goto();
    await search.field().fill("rent");
    await expect(search.results()).toHaveCount(2);
    await context.setOffline(true);
    await search.field().fill("plumber");
    await expect(search.results()).toHaveCount(1);
    await expect(home.getByText("only what this device knows was searched")).toBeVisible();
  });
});

test("a newer question aborts the one before it, and late answers change nothing", async ({
  home,
}) => {
  const search = new SearchPage(home);
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await home.route(/search=slow/, async (route) => {
    await isReleased;
    await route.continue().catch(() => undefined);
  });
  await search.goto();
  const aborted = home.waitForEvent("requestfailed", (request) =>
    /search=slow/.test(request.url()),
  );
  const asked = home.waitForRequest(/search=slow/);
  await search.field().fill("slow");
  await asked;
  await search.field().fill("rent");
  await aborted;
  release();
  await expect(search.results()).toHaveCount(2);
});

test("recent searches are offered again, and are gone for whoever signs in next", async ({
  home,
  tasks,
  auth,
  person,
  isMobile,
}) => {
  test.skip(isMobile, "The same on every screen.");
  const search = new SearchPage(home);
  await search.goto();
  await search.field().fill("plumber");
  await search.result("Call the plumber").click();
  await expect(tasks.panel()).toBeVisible();
  await search.goto();
  await home.getByRole("button", { name: "plumber" }).click();
  await expect(search.result("Call the plumber")).toBeVisible();
  await auth.signOut();
  expect(await home.evaluate(() => JSON.stringify(localStorage))).not.toContain("plumber");
  await auth.signIn(person);
  await search.goto();
  await expect(home.getByRole("heading", { name: "Find anything you wrote down" })).toBeVisible();
});
