import type { Page } from "@playwright/test";
import type { Person } from "./people";

export class AuthPage {
  constructor(
    private readonly page: Page,
    private readonly isPhone: boolean,
  ) {}

  async signUp(person: Person): Promise<void> {
    await this.page.goto("/register");
    await this.page.getByLabel("Username").fill(person.username);
    await this.page.getByLabel("E-mail").fill(person.email);
    await this.page.getByLabel("Password", { exact: true }).fill(person.password);
    await this.page.getByRole("button", { name: "Create account" }).click();
    await this.page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  }

  async signIn({ username, password }: Person): Promise<void> {
    await this.page.getByLabel("Username or e-mail").fill(username);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  }

  async signOut(): Promise<void> {
    if (this.isPhone) {
      await this.page.getByRole("button", { name: "More", exact: true }).click();
      await this.page.getByRole("button", { name: "Sign out" }).click();
    } else {
      await this.page.getByRole("button", { name: /^Account of/ }).click();
      await this.page.getByRole("menuitem", { name: "Sign out" }).click();
    }
    await this.page.getByRole("heading", { level: 1, name: "Welcome back" }).waitFor();
  }
}
