import type { Page, Task } from "@/shared/api/types";
import { onForget } from "@/shared/session/session";
import { type Listing, listTasks } from "../api";
import { cursorStore } from "./cursor";

/** What is due first comes first, and what was done last: later pages push nothing down. */
export const OPEN: Listing = { status: ["pending", "in_progress"], ordering: "due_date" };
export const COMPLETED: Listing = { status: ["completed"], ordering: "-updated_at" };

/** Whoever comes later than this wants to know how it is now. */
const FRESH_MS = 10_000;

/** First pages that were asked for before the list was there to show them. */
const asked = new Map<Listing, Promise<Page<Task>>>();

onForget(() => asked.clear());
// Whoever begins anew begins with pages from after that.
cursorStore.subscribe(() => (cursorStore.get() ? undefined : asked.clear()));

export function askForFirstPage(listing: Listing): void {
  const page = listTasks(listing, null);
  // Whoever takes it hears of its failure.
  page.catch(() => undefined);
  asked.set(listing, page);
  setTimeout(() => asked.delete(listing), FRESH_MS);
}

/** One that is on its way already, or else a new one. */
export function firstPage(listing: Listing): Promise<Page<Task>> {
  const page = asked.get(listing) ?? listTasks(listing, null);
  asked.delete(listing);
  return page;
}
