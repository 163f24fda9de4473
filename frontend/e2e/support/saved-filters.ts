import type { Locator, Page } from "@playwright/test";

/** The saved filters in the navigation, which a phone keeps behind "More". */
export class SavedFilters {
  constructor(
    private readonly page: Page,
    private readonly isPhone: boolean,
  ) {}

  async save(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Save filter" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Save this filter" });
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Save filter" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  async show(): Promise<void> {
    if (this.isPhone) await this.page.getByRole("button", { name: "More", exact: true }).click();
  }

  names(): Locator {
    return this.section().getByRole("link");
  }

  link(name: string): Locator {
    return this.section().getByRole("link", { name });
  }

  async choose(name: string, item: string): Promise<void> {
    const row = this.section().getByRole("listitem").filter({ hasText: name });
    await row.hover();
    await row.getByRole("button", { name: `More for filter “${name}”` }).click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  private section(): Locator {
    return this.page.getByRole("region", { name: "Saved filters" });
  }
}
