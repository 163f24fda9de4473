import type { Locator, Page } from "@playwright/test";

export class TasksPage {
  constructor(
    private readonly page: Page,
    private readonly isPhone: boolean,
  ) {}

  async goto(path = "/"): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole("heading", { level: 1 }).waitFor();
  }

  async goTo(name: string): Promise<void> {
    await this.press(name);
    await this.page.getByRole("heading", { level: 1, name }).waitFor();
  }

  /** In the navigation: beside the page, or on a phone in the bar at its end and behind "More". */
  async press(name: string): Promise<void> {
    const link = this.page.getByRole("navigation").getByRole("link", { name, exact: false });
    if (this.isPhone && (await link.count()) === 0) {
      await this.page.getByRole("button", { name: "More", exact: true }).click();
    }
    await link.click();
  }

  /** What listens to keys is fetched after the first paint. */
  async whenKeysWork(): Promise<void> {
    const hasRows = (await this.page.locator("[data-arrow-keys] [data-task-link]").count()) > 0;
    await this.page.locator(hasRows ? "body.keys-page.keys-list" : "body.keys-page").waitFor();
  }

  /** Where a title is typed: the line above the list, or the sheet behind the + on a phone. */
  async startAdding(): Promise<Locator> {
    if (!this.isPhone) return this.page.getByRole("combobox", { name: "Add a task" });
    await this.page.getByRole("button", { name: "New task" }).click();
    return this.page.getByRole("dialog").getByRole("combobox", { name: "Title" });
  }

  async add(...titles: string[]): Promise<void> {
    const field = await this.startAdding();
    for (const title of titles) {
      await field.fill(title);
      await field.press("Enter");
    }
    if (this.isPhone) await this.closePanel();
  }

  row(title: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("link", { name: title }) });
  }

  link(title: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name: title });
  }

  group(name: string): Locator {
    return this.page.getByRole("list", { name: `${name} tasks` });
  }

  completeButton(title: string): Locator {
    return this.page.getByRole("button", { name: `Complete “${title}”` });
  }

  reopenButton(title: string): Locator {
    return this.page.getByRole("button", { name: `Reopen “${title}”` });
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole("dialog").filter({ hasText: text });
  }

  async open(title: string): Promise<Locator> {
    await this.link(title).click();
    const panel = this.panel();
    await panel.getByLabel("Title", { exact: true }).waitFor();
    return panel;
  }

  panel(): Locator {
    return this.page
      .getByRole("complementary", { name: "Task details" })
      .or(this.page.getByRole("dialog", { name: "Task details" }));
  }

  async closePanel(): Promise<void> {
    const close = this.page
      .getByRole("complementary")
      .or(this.page.getByRole("dialog", { name: /Task details|New task/ }))
      .getByRole("button", { name: "Close" });
    await close.click();
    await close.waitFor({ state: "detached" });
  }

  async choose(button: Locator, option: string): Promise<void> {
    await button.click();
    await this.page.getByRole("menuitemcheckbox", { name: option }).click();
    await this.page.getByRole("menu").waitFor({ state: "detached" });
  }

  async filterBy(...options: string[]): Promise<void> {
    await this.page.getByRole("button", { name: "Filter", exact: true }).click();
    const layer = this.page.getByRole("dialog", { name: "Filters" });
    for (const option of options) {
      await layer.getByRole("button", { name: option, exact: true }).click();
    }
    await this.page.keyboard.press("Escape");
    await layer.waitFor({ state: "detached" });
  }

  async arrange(...options: string[]): Promise<void> {
    await this.page.getByRole("button", { name: "View", exact: true }).click();
    for (const option of options) {
      await this.page.getByRole("menuitemcheckbox", { name: option, exact: true }).click();
    }
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("menu").waitFor({ state: "detached" });
  }

  bell(): Locator {
    return this.page.getByRole("button", { name: /^Notifications/ });
  }
}
