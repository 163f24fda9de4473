import type { Page, Task, TaskStatus } from "@/shared/api/types";
import { onForget } from "@/shared/session/session";
import { listTasks } from "../api";
import { cursorStore } from "./cursor";

export const OPEN: readonly TaskStatus[] = ["pending", "in_progress"];
export const COMPLETED: readonly TaskStatus[] = ["completed"];

/** Whoever comes later than this wants to know how it is now. */
const FRESH_MS = 10_000;

/** First pages that were asked for before the list was there to show them. */
const asked = new Map<readonly TaskStatus[], Promise<Page<Task>>>();

onForget(() => asked.clear());
// Whoever begins anew begins with pages from after that.
cursorStore.subscribe(() => (cursorStore.get() ? undefined : asked.clear()));

export function askForFirstPage(status: readonly TaskStatus[]): void {
  const page = listTasks(status, null);
  // Whoever takes it hears of its failure.
  page.catch(() => undefined);
  asked.set(status, page);
  setTimeout(() => asked.delete(status), FRESH_MS);
}

/** One that is on its way already, or else a new one. */
export function firstPage(status: readonly TaskStatus[]): Promise<Page<Task>> {
  const page = asked.get(status) ?? listTasks(status, null);
  asked.delete(status);
  return page;
}
