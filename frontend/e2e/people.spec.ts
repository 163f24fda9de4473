import { needsOperator, setRole } from "./support/operator";
import { Api, newPerson } from "./support/people";
import { expect, test } from "./support/test";

test.use({ tolerated: /status of 40[13]/ });

test("a member finds nothing here, and no way to it", async ({ home, tasks }) => {
  await tasks.goto("/people");
  await expect(home.getByRole("heading", { name: "There is nothing here" }).first()).toBeVisible();
  await home.getByRole("link", { name: "Skip to content" }).press("Enter");
  await expect(home.getByRole("main")).toBeFocused();
  await tasks.goto("/");
  await home.getByRole("button", { name: /^Account of/ }).click();
  await expect(home.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(home.getByRole("menuitem", { name: "People" })).toHaveCount(0);
});

test.describe("for staff and admins", () => {
  needsOperator();

  test("staff find people and change nothing", async ({
    home,
    tasks,
    person,
    address,
    expectAccessible,
  }) => {
    test.slow();
    setRole(person.username, "staff");
    const other = newPerson();
    await (await Api.register(address, other)).dispose();
    await tasks.goto("/people");
    await home.getByRole("searchbox", { name: "Name, username or address" }).fill(other.username);
    const rows = home.getByRole("list", { name: "People" }).getByRole("listitem");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(other.email);
    await expectAccessible(home);
    await expect(home).toHaveURL(`/people?search=${other.username}`);
    await expect(rows.getByRole("button")).toHaveCount(0);
    await home.getByLabel("Role").selectOption("Admin");
    await home.getByRole("button", { name: "Show everybody" }).click();
    await expect(home).toHaveURL("/people");
  });

  test("an admin changes a role, signs out, deactivates and activates, but not the own row", async ({
    home,
    tasks,
    person,
    address,
    join,
  }) => {
    test.slow();
    setRole(person.username, "admin");
    const other = newPerson();
    await (await Api.register(address, other)).dispose();
    const theirs = await (await join(other)).newPage();
    await theirs.goto("/tasks");
    await theirs.getByRole("heading", { level: 1 }).waitFor();

    await tasks.goto(`/people?search=${person.username}`);
    const rows = home.getByRole("list", { name: "People" }).getByRole("listitem");
    await expect(rows).toContainText("You");
    await expect(rows.getByRole("button")).toHaveCount(0);

    await tasks.goto(`/people?search=${other.username}`);
    const menu = home.getByRole("button", { name: `Change ${other.username}` });
    const answer = async (item: string, button: string) => {
      await menu.click();
      await home.getByRole("menuitem", { name: item }).click();
      await home.getByRole("dialog").getByRole("button", { name: button }).click();
      await expect(home.getByRole("dialog")).toHaveCount(0);
    };
    await menu.click();
    await home.getByRole("menuitemcheckbox", { name: "Staff" }).click();
    const question = home.getByRole("dialog", { name: `Make ${other.username} staff?` });
    await expect(question).toContainText("everybody’s tasks");
    await question.getByRole("button", { name: "Change role" }).click();
    await expect(rows).toContainText("Staff");
    await expect(theirs.getByRole("dialog", { name: "Your session ended" })).toBeVisible();

    await answer("Sign out everywhere", "Sign out everywhere");
    await answer("Deactivate", "Deactivate");
    await expect(rows).toContainText("Deactivated");
    await answer("Activate", "Activate");
    await expect(rows).not.toContainText("Deactivated");
  });
});
