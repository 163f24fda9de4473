import { newPerson } from "./support/people";
import { expect, test } from "./support/test";

test.describe("in a German browser", () => {
  test.use({ locale: "de-DE" });

  test("sign-in, sign-up, lists and dates are German", async ({ page }) => {
    const person = newPerson();
    await page.goto("/login");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await page.getByRole("link", { name: "Konto anlegen" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Dein neues Konto" })).toBeVisible();
    await page.getByLabel("Benutzername").fill(person.username);
    await page.getByLabel("E-Mail").fill(person.email);
    await page.getByLabel("Passwort", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Heute" })).toBeVisible();
    const today = new Intl.DateTimeFormat("de-DE", {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: "Europe/Paris",
    });
    await expect(page.getByText(today.format(new Date()))).toBeVisible();
  });

  test("an account that speaks English is shown in English", async ({
    page,
    person,
    api: _registered,
    auth,
  }) => {
    await page.goto("/login");
    await page.getByLabel("Benutzername oder E-Mail").fill(person.username);
    await page.getByLabel("Passwort", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Anmelden" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await auth.signOut();
  });
});

test.describe("in an American browser", () => {
  test.use({ locale: "en-US" });

  test("dates are written the American way", async ({ home: _signedIn, api, tasks }) => {
    await api.addTask({ title: "In the new century", due_date: "2199-03-04" });
    await tasks.goto("/tasks");
    await expect(tasks.row("In the new century")).toContainText("Mar 4, 2199");
  });
});
