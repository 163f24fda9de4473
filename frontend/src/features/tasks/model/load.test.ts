import { delay, HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Task } from "@/shared/api/types";
import { signIn, signOut } from "@/shared/session/session";
import { makeAnswer, makeTask } from "@/test/factories";
import { problem } from "@/test/problems";
import { server } from "@/test/server";
import { mergeTasks, readCache, viewTasks } from "./cache";
import { countTasks } from "./counts";
import { moveCursor } from "./cursor";
import { askForFirstPage, OPEN } from "./first-page";
import { openTasksQuery } from "./load";

beforeEach(async () => {
  server.use(
    http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("token"))),
    http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })),
    http.get("*/api/tasks/changes/", () =>
      HttpResponse.json({ results: [], gone: [], cursor: "c0", has_more: false }),
    ),
  );
  await signIn({ username: "ada", password: "x" });
});
afterEach(async () => {
  await signOut();
  queryClient.clear();
});

/** So many pages of ten, asked for in order. */
function servePages(count: number, breakOnceAt = -1, slowAt = -1) {
  const asked: number[] = [];
  server.use(
    http.get("*/api/tasks/", async ({ request }) => {
      const page = Number(new URL(request.url).searchParams.get("cursor") ?? 0);
      await delay(page === slowAt ? 100 : 0);
      asked.push(page);
      if (page === breakOnceAt && asked.filter((one) => one === page).length <= 2)
        return problem(500, "error");
      const results = Array.from({ length: 10 }, () => makeTask({ due_date: "2026-01-01" }));
      const next = page + 1 < count ? `http://any/api/tasks/?cursor=${page + 1}` : null;
      return HttpResponse.json({ next, previous: null, results });
    }),
  );
  return asked;
}

/** How many tasks were known at each publication. */
function watchSizes(): number[] {
  const sizes: number[] = [];
  queryClient.getQueryCache().subscribe(() => {
    const { size } = readCache().server.items;
    if (size > 0 && size !== sizes.at(-1)) sizes.push(size);
  });
  return sizes;
}

test("the first page shows at once, and the rest comes in ever larger batches", async () => {
  const asked = servePages(32);
  const sizes = watchSizes();
  await queryClient.fetchQuery(openTasksQuery);
  expect(asked).toEqual(Array.from({ length: 32 }, (_, page) => page));
  expect(sizes[0]).toBe(10);
  expect(sizes.at(-1)).toBe(320);
  expect(sizes.length).toBeLessThanOrEqual(7);
});

test("after a failure the loading goes on where it stopped, and keeps what it has", async () => {
  const asked = servePages(6, 4);
  await expect(
    queryClient.fetchQuery({ ...openTasksQuery, retry: 1, retryDelay: 0 }),
  ).rejects.toThrow();
  expect(readCache().server.items.size).toBe(40);
  await queryClient.fetchQuery({ ...openTasksQuery, staleTime: 0 });
  expect(readCache().server.items.size).toBe(60);
  expect(asked.filter((page) => page < 4)).toEqual([0, 1, 2, 3]);
});

test("a page that arrives after a log-out reaches no cache", async () => {
  servePages(3, -1, 1);
  const loading = queryClient.fetchQuery(openTasksQuery);
  await vi.waitFor(() => expect(readCache().server.items.size).toBe(10));
  await signOut();
  await expect(loading).rejects.toThrow();
  expect(readCache().server.items.size).toBe(0);
  expect(queryClient.getQueryData(queryKeys.tasks.open)).toBeUndefined();
});

test("the same state is listed and counted once", () => {
  mergeTasks([
    makeTask({ due_date: "2026-01-01" }),
    makeTask({ status: "completed" } as Partial<Task>),
  ]);
  const cache = readCache();
  expect(viewTasks(cache)).toBe(viewTasks(cache));
  expect(countTasks(cache, "2026-01-01")).toBe(countTasks(cache, "2026-01-01"));
  expect(countTasks(cache, "2026-01-01")).toMatchObject({ open: 1, today: 1 });
});

test("a first page that was asked for ahead is taken, once", async () => {
  const asked = servePages(1);
  askForFirstPage(OPEN);
  await queryClient.fetchQuery(openTasksQuery);
  expect(asked).toEqual([0]);
  await queryClient.fetchQuery({ ...openTasksQuery, staleTime: 0 });
  expect(asked).toEqual([0, 0]);
});

test("the failure of one is told to who takes it", async () => {
  servePages(1, 0);
  askForFirstPage(OPEN);
  await expect(queryClient.fetchQuery(openTasksQuery)).rejects.toMatchObject({
    problem: { status: 500 },
  });
});

test("one from before the list began anew is left alone", async () => {
  const asked = servePages(1);
  moveCursor("c0");
  askForFirstPage(OPEN);
  await vi.waitFor(() => expect(asked).toEqual([0]));
  moveCursor(null);
  await queryClient.fetchQuery(openTasksQuery);
  expect(asked).toEqual([0, 0]);
});

test("a place in the list that the server does not know any more begins it anew", async () => {
  queryClient.setQueryData(queryKeys.tasks.open, { cursor: "another-ordering" });
  const cursors: (string | null)[] = [];
  server.use(
    http.get("*/api/tasks/", ({ request }) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      cursors.push(cursor);
      if (cursor) return problem(400, "invalid");
      return HttpResponse.json({ next: null, previous: null, results: [makeTask()] });
    }),
  );
  await expect(queryClient.fetchQuery({ ...openTasksQuery, staleTime: 0 })).resolves.toEqual({
    cursor: null,
  });
  expect(cursors).toEqual(["another-ordering", null]);
});
