import { get } from "./client";
import type { Page } from "./types";

/** The cursor inside a page's `next` address; the address itself may name another host. */
export function cursorOf(next: string | null): string | null {
  if (!next) return null;
  return new URL(next, "http://any").searchParams.get("cursor");
}

export function getPage<T>(
  url: string,
  params: Record<string, string | number | boolean>,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<T>> {
  return get<Page<T>>(url, cursor ? { ...params, cursor } : params, signal);
}
