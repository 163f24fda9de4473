import { expect, test } from "./support/test";

const fail = { status: 500, contentType: "application/problem+json" } as const;
const failure = JSON.stringify({ title: "Oops", status: 500, code: "error", request_id: "r-500" });

test.describe("when the server fails", () => {
  test.use({ tolerated: /status of 500/ });

  test("typed text stays and can be sent again", async ({ home, api, tasks }) => {
    const id = await api.addTask({ title: "Before" });
    await tasks.goto(`/tasks?task=${id}`);
    await home.route(/\/api\/tasks\/\d+\/$/, (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({ ...fail, body: failure })
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

test.describe("offline", () => {
  test.use({ tolerated: /ERR_INTERNET_DISCONNECTED|WebSocket connection/ });

  test("lists stay readable, changes wait with a count and go out once", async ({
    context,
    home,
    api,
    tasks,
  }) => {
    const id = await api.addTask({ title: "On the train" });
    await tasks.goto("/");
    await expect(tasks.link("On the train")).toBeVisible();
    await context.setOffline(true);
    await expect(home.getByText("You’re offline.")).toBeVisible();
    await tasks.completeButton("On the train").click();
    await expect(tasks.reopenButton("On the train")).toBeVisible();
    await expect(home.getByText("1 change goes out when you’re back.")).toBeVisible();
    await context.setOffline(false);
    await expect(home.getByText("You’re offline.")).toBeHidden();
    await expect.poll(async () => (await api.task(id)).status).toBe("completed");
    expect((await api.task(id)).version).toBe(2);
  });
});

test.describe("what the server refuses stands at its field", () => {
  test.use({ tolerated: /status of 40[01]/ });

  test("signing up", async ({ page, api: _registered, person }) => {
    await page.goto("/register");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Username")).toBeFocused();
    await expect(page.getByLabel("Username")).toHaveAccessibleDescription("Choose a username.");
    await page.getByLabel("Username").fill(person.username);
    await page.getByLabel("E-mail").fill("fresh@example.org");
    await page.getByLabel("Password", { exact: true }).fill("12345678");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeFocused();
    await expect(page.locator("[aria-invalid=true]").first()).toHaveAccessibleDescription(/./);
  });

  test("a wrong password says so without saying which half is wrong", async ({
    page,
    api: _registered,
    person,
  }) => {
    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("don’t match");
    await expect(page.getByLabel("Username or e-mail")).toHaveValue(person.username);
  });

  test("a new task, by the server's own words", async ({ home, tasks }) => {
    await tasks.goto("/tasks?task=new");
    await home.route("**/api/tasks/", (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/problem+json",
        body: JSON.stringify({
          title: "Invalid input",
          status: 400,
          code: "validation_error",
          errors: [{ pointer: "/title", code: "invalid", detail: "Not that word." }],
        }),
      }),
    );
    const title = home.getByLabel("Title", { exact: true });
    await title.fill("Forbidden");
    await home.getByRole("button", { name: "Add task" }).click();
    await expect(title).toHaveAccessibleDescription("Not that word.");
    await expect(title).toHaveValue("Forbidden");
    await expect(title).toBeFocused();
  });
});

test("an empty or overlong title never leaves the browser", async ({ home, api, tasks }) => {
  const id = await api.addTask({ title: "Good" });
  await tasks.goto(`/tasks?task=${id}`);
  const title = tasks.panel().getByLabel("Title", { exact: true });
  await title.fill("   ");
  await title.press("Enter");
  await expect(title).toHaveAccessibleDescription("A task needs a title.");
  await title.fill("x".repeat(201));
  await title.press("Enter");
  await expect(title).toHaveAccessibleDescription("A title has at most 200 characters.");
  expect((await api.task(id)).version).toBe(1);
  await expect(home).toHaveURL(/task=/);
});

test.describe("changed in two places", () => {
  test.use({ tolerated: /status of 412|WebSocket/ });

  test("mine or theirs, field by field, when the same one was changed", async ({
    home,
    api,
    tasks,
  }) => {
    const id = await api.addTask({ title: "Before", priority: "low" });
    await tasks.goto(`/tasks?task=${id}`);
    const title = tasks.panel().getByLabel("Title", { exact: true });
    await title.fill("Mine");
    await api.changeTask(id, { title: "Theirs" });
    await expect(tasks.panel().getByText("Changed elsewhere while you were typing")).toBeVisible();
    await expect(title).toHaveValue("Mine");
    await title.press("Enter");
    const question = home.getByRole("dialog", { name: "Changed in two places" });
    await question.getByText("Theirs").last().click();
    await question.getByRole("button", { name: "Keep my choice" }).click();
    await expect(title).toHaveValue("Theirs");
    expect((await api.task(id)).title).toBe("Theirs");
  });

  test("a stale copy meets 412: another field is merged, the same one is asked about", async ({
    home,
    api,
    tasks,
  }) => {
    const id = await api.addTask({ title: "Shared", priority: "low" });
    // Deaf to the socket, this browser can't know of the change.
    await home.routeWebSocket(/\/ws\/$/, (socket) => socket.close());
    await tasks.goto(`/tasks?task=${id}`);
    const priority = tasks.panel().getByRole("button", { name: /^Priority/ });
    await expect(priority).toHaveAccessibleName("Priority: Low");

    await api.changeTask(id, { description: "Theirs" });
    await tasks.choose(priority, "High");
    await expect.poll(async () => (await api.task(id)).priority).toBe("high");
    expect((await api.task(id)).description).toBe("Theirs");

    await api.changeTask(id, { priority: "medium" });
    await tasks.choose(priority, "Low");
    const question = home.getByRole("dialog", { name: "Changed in two places" });
    await expect(question).toContainText("Medium");
    await question.getByRole("button", { name: "Keep my choice" }).click();
    await expect(priority).toHaveAccessibleName("Priority: Low");
    await expect.poll(async () => (await api.task(id)).priority).toBe("low");
  });
});

test.describe("when the session ends", () => {
  test.use({ tolerated: /status of 401/ });

  test("a half-typed text survives, under a question for the password", async ({
    home,
    api,
    tasks,
    person,
  }) => {
    const id = await api.addTask({ title: "Before" });
    await tasks.goto(`/tasks?task=${id}`);
    const title = tasks.panel().getByLabel("Title", { exact: true });
    let isOver = true;
    await home.route(/\/api\/tasks\/\d+\/$/, (route) =>
      isOver && route.request().method() === "PATCH"
        ? route.fulfill({
            status: 401,
            contentType: "application/problem+json",
            body: JSON.stringify({ title: "Ended", status: 401, code: "session_ended" }),
          })
        : route.continue(),
    );
    await title.fill("Half a thought");
    await title.press("Enter");
    const dialog = home.getByRole("dialog", { name: "Your session ended" });
    await expect(dialog).toBeVisible();
    isOver = false;
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(title).toHaveValue("Half a thought");
    await expect.poll(async () => (await api.task(id)).title).toBe("Half a thought");
    expect((await api.task(id)).version).toBe(2);
  });
});
