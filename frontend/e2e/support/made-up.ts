import type { Page } from "@playwright/test";

/** The fields in which a made-up task differs from the next. */
interface MadeUp {
  readonly id: number;
  readonly title: string;
  readonly due_date?: string | null;
  readonly labels?: readonly string[];
}

/** Answers the list with so many open tasks, made up on the way to the page: nobody waits for seeding. */
export async function makeUpTasks(
  page: Page,
  total: number,
  make: (n: number) => MadeUp,
): Promise<void> {
  const open = Array.from({ length: total }, (_, n) => whole(make(n), n));
  await page.route(/\/api\/tasks\/\?/, (route) => {
    const isOpen = !route.request().url().includes("status=completed");
    return route.fulfill({ json: { next: null, previous: null, results: isOpen ? open : [] } });
  });
}

function whole(parts: MadeUp, n: number) {
  const at = new Date(1_700_000_000_000 + n * 1000).toISOString();
  const blank = { version: 1, user: 1, description: "", priority: "medium", status: "pending" };
  const undated = { due_date: null, due_time: null, labels: [], completed_at: null };
  return { ...blank, ...undated, created_at: at, updated_at: at, ...parts };
}
