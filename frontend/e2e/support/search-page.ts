import type { Locator, Page } from "@playwright/test";

export class SearchPage {
  constructor(private readonly page: Page) {}

  async goto(path = "/search"): Promise<void> {
    await this.page.goto(path);
    await this.field().waitFor();
  }

  field(): Locator {
    return this.page.getByRole("searchbox", { name: "Search tasks" });
  }

  results(): Locator {
    return this.page.getByRole("list", { name: "Results" }).getByRole("listitem");
  }

  result(title: string): Locator {
    return this.page.getByRole("list", { name: "Results" }).getByRole("link", { name: title });
  }

  marked(): Locator {
    return this.page.locator("mark");
  }
}
