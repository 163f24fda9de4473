import { needsOperator, resetLinkFor } from "./support/operator";
import { expect, test } from "./support/test";

const NEW = "Staple-battery-9-horse";

test.describe("with the link of the mail", () => {
  needsOperator();
  // The browser notes the refused sign-in and the spent link, as it notes every 4xx.
  test.use({ tolerated: /status of 40[01]/ });

  test("a forgotten password is set anew, once, and the secret never stays in the address", async ({
    page,
    api: _registered,
    person,
    auth,
    address,
  }) => {
    test.slow();
    await page.goto("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByLabel("E-mail", { exact: true }).fill(person.email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText(`If ${person.email} belongs to an account`)).toBeFocused();

    const link = new URL(await resetLinkFor(person.email));
    expect(link.origin).toBe(new URL(address).origin);
    await page.goto(link.href);
    await expect(page).toHaveURL("/password/reset");
    const field = page.getByLabel("New password", { exact: true });
    await field.fill("short");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription("At least 8 characters, please.");
    // The server knows more about passwords than the page, and its word stands at the field, too.
    await field.fill("password123");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await field.fill(NEW);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: "Your password is set" })).toBeVisible();

    await page.goto("about:blank");
    await page.goto(link.href);
    await field.fill(NEW);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: /doesn’t work any more/ })).toBeVisible();

    await page.goto("/login");
    await page.getByLabel("Username or e-mail").fill(person.username);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("don’t match");
    await auth.signIn({ ...person, password: NEW });
  });
});

test("asking says the same for an address that nobody has", async ({ page, person }) => {
  await page.goto("/password/forgot");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("E-mail").press("Enter");
  await expect(page.getByText(`If ${person.email} belongs to an account`)).toBeFocused();
  await page.getByRole("button", { name: "Use another address" }).click();
  await expect(page.getByLabel("E-mail")).toBeVisible();
});

test("a link that is not whole offers another", async ({ page }) => {
  await page.goto("/password/reset#uid=MQ");
  await expect(page.getByRole("heading", { name: /doesn’t work any more/ })).toBeVisible();
  await page.getByRole("link", { name: "Send me a new link" }).click();
  await expect(page).toHaveURL("/password/forgot");
});
