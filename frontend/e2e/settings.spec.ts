import { expect, test } from "./support/test";

const NEW = "Staple-battery-9-horse";

test("the account's menu leads to the settings, and each section has its address", async ({
  home,
  tasks,
  isMobile,
}) => {
  await tasks.goto("/");
  await home.getByRole("button", { name: /^Account of/ }).click();
  await home.getByRole("menuitem", { name: "Settings" }).click();
  await expect(home).toHaveURL("/settings/profile");
  await expect(home.getByRole("heading", { level: 1, name: "Profile" })).toBeFocused();
  const sections = home.getByRole("navigation", { name: "Settings" });
  if (isMobile) await sections.getByRole("button").click();
  await sections.getByRole("link", { name: "Appearance" }).click();
  await expect(home).toHaveURL("/settings/appearance");
  await expect(home).toHaveTitle("Appearance · Task Manager");
  await expect(home.getByRole("heading", { level: 1, name: "Appearance" })).toBeFocused();
  await home.goBack();
  await expect(home.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
  await home.goto("/settings");
  await expect(home).toHaveURL("/settings/profile");
});

test("a new time zone counts at once, here and on the server", async ({ home, tasks, api }) => {
  await tasks.goto("/settings/profile");
  const zone = home.getByRole("combobox", { name: "Time zone" });
  await expect(zone).toHaveValue("Europe/Paris");
  await zone.fill("kiritimati");
  await home.getByRole("option", { name: /Kiritimati/ }).click();
  await expect(zone).toHaveValue("Pacific/Kiritimati");
  await home.getByRole("button", { name: "Save" }).click();
  await expect(home.getByText("Saved", { exact: true }).first()).toBeVisible();
  // The new token knows the zone: fourteen hours ahead, its day is never Niue's.
  const answer = home.waitForResponse((response) => response.url().includes("/api/tasks/changes/"));
  await home.goto("/");
  await answer;
  const day = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "Pacific/Kiritimati",
  }).format(new Date());
  await expect(home.getByText(day.replace(",", ""))).toBeVisible();
  expect(await api.me()).toMatchObject({ time_zone: "Pacific/Kiritimati" });
});

test("another language is spoken at once, and after the next sign-in", async ({ home, tasks }) => {
  await tasks.goto("/settings/profile");
  await home.getByLabel("Language").selectOption("Deutsch");
  await home.getByRole("button", { name: "Save" }).click();
  await expect(home.getByRole("heading", { level: 1, name: "Profil" })).toBeVisible();
  await expect(home.locator("html")).toHaveAttribute("lang", "de");
  await home.getByLabel("Sprache").selectOption("English");
  await home.getByRole("button", { name: "Speichern" }).click();
  await expect(home.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
});

test.describe("what takes the password", () => {
  test.use({ tolerated: /status of 40[01]/ });

  test("a new address needs it, and says what is wrong at the field", async ({
    home,
    tasks,
    person,
    api,
  }) => {
    await tasks.goto("/settings/profile");
    const email = home.getByLabel("E-mail", { exact: true });
    const password = home.getByLabel("Your password", { exact: true });
    const change = home.getByRole("button", { name: "Change address" });
    await email.fill("nowhere");
    await change.click();
    await expect(email).toBeFocused();
    await expect(email).toHaveAccessibleDescription(/like me@example.org/);
    await email.fill(`new-${person.email}`);
    await password.fill("not this");
    await change.click();
    await expect(password).toBeFocused();
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await expect(email).toHaveValue(`new-${person.email}`);
    await password.fill(person.password);
    await change.click();
    await expect(home.getByText(/the old one was told/).first()).toBeVisible();
    await expect(password).toHaveValue("");
    expect(await api.me()).toMatchObject({ email: `new-${person.email}` });
  });

  test("a new password ends the other sessions, and every tab of this one goes on", async ({
    home,
    tasks,
    person,
    context,
    join,
    api,
  }) => {
    test.slow();
    await api.addTask({ title: "Pay rent" });
    const other = await (await join(person)).newPage();
    await other.goto("/tasks");
    await expect(other.getByRole("link", { name: "Pay rent" })).toBeVisible();
    await tasks.goto("/settings/password");
    const tab = await context.newPage();
    await tab.goto("/tasks");
    await expect(tab.getByRole("link", { name: "Pay rent" })).toBeVisible();

    await home.getByLabel("Your password now").fill(person.password);
    await home.getByLabel("New password", { exact: true }).fill(NEW);
    await home.getByRole("button", { name: "Change password" }).click();
    await expect(home.getByText(/Your password is changed/).first()).toBeVisible();
    await expect(other.getByRole("dialog", { name: "Your session ended" })).toBeVisible();

    // The socket heard that the old session is over, and that is not this one's end.
    await tab.getByRole("button", { name: "Complete “Pay rent”" }).click();
    await expect(tab.getByRole("heading", { level: 2, name: "Completed 1" })).toBeVisible();
    await expect(tab.getByRole("dialog", { name: "Your session ended" })).toHaveCount(0);
    await expect(home.getByRole("dialog", { name: "Your session ended" })).toHaveCount(0);
    await home.reload();
    await expect(home.getByRole("heading", { level: 1, name: "Password" })).toBeVisible();
  });
});

test("what is typed outlives the end of the session", async ({ home, tasks, person, join }) => {
  await tasks.goto("/settings/profile");
  await home.getByLabel("First name").fill("Ada");
  const other = await (await join(person)).newPage();
  await other.goto("/settings/sessions");
  await other.getByRole("button", { name: "End all others" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  const dialog = home.getByRole("dialog", { name: "Your session ended" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(home.getByLabel("First name")).toHaveValue("Ada");
  await home.getByRole("button", { name: "Save" }).click();
  await expect(home.getByText("Saved", { exact: true }).first()).toBeVisible();
});

test("each kind and channel is saved by a press, and a test says how it arrives", async ({
  home,
  tasks,
}) => {
  await tasks.goto("/settings/notifications");
  const mail = home.getByRole("checkbox", { name: "Test, By mail" });
  await expect(mail).not.toBeChecked();
  const saved = home.waitForResponse(
    (response) => response.request().method() === "PATCH" && response.ok(),
  );
  await mail.click();
  await expect(mail).toBeChecked();
  await saved;
  const digest = home.waitForResponse(
    (response) => response.request().method() === "PATCH" && response.ok(),
  );
  await home.getByLabel("Mail about tasks").selectOption("Daily at 07:00");
  await digest;
  await home.reload();
  await expect(mail).toBeChecked();
  await expect(home.getByLabel("Mail about tasks")).toHaveValue("7");
  await home.getByRole("button", { name: "Send a test" }).click();
  await expect(home.getByText("In the app: arrived")).toBeVisible();
  await expect(home.getByText("By mail: arrived")).toBeVisible({ timeout: 20_000 });
});

test("single keys can be switched off, and the map says so", async ({ home, tasks, isMobile }) => {
  test.skip(isMobile, "There are no single keys on a phone.");
  await tasks.goto("/settings/keyboard");
  await home.getByRole("checkbox", { name: "Use single-key shortcuts" }).uncheck();
  await expect(home.getByText("(switched off)").first()).toBeAttached();
  await home.keyboard.press("g");
  await home.keyboard.press("t");
  await expect(home).toHaveURL("/settings/keyboard");
  await home.getByRole("checkbox", { name: "Use single-key shortcuts" }).check();
  await home.getByRole("heading", { level: 1 }).focus();
  await home.keyboard.press("g");
  await home.keyboard.press("t");
  await expect(home).toHaveURL("/");
});

test.describe("an account", () => {
  test.use({ tolerated: /status of 40[01]/ });

  test("is deleted with the password and not without", async ({ home, tasks, person }) => {
    await tasks.goto("/settings/account");
    const password = home.getByLabel("Your password", { exact: true });
    const sure = home.getByRole("checkbox", { name: "I know that everything goes" });
    const go = home.getByRole("button", { name: "Delete my account" });
    await password.fill("not this");
    await go.click();
    await expect(sure).toBeFocused();
    await sure.check();
    await go.click();
    await expect(password).toBeFocused();
    await password.fill(person.password);
    await go.click();
    await expect(home.getByRole("heading", { name: "Welcome back" })).toBeVisible();
    await home.getByLabel("Username or e-mail").fill(person.username);
    await home.getByLabel("Password", { exact: true }).fill(person.password);
    await home.getByRole("button", { name: "Sign in" }).click();
    await expect(home.getByRole("alert")).toContainText("don’t match");
  });
});
