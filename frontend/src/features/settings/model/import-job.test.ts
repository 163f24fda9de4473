import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { signOut } from "@/shared/session/session";
import { server } from "@/test/server";
import { chunksOf, importJob, startImport } from "./import-job";

test("a chunk has a hundred tasks at most, in their order", () => {
  const tasks = Array.from({ length: 250 }, (_, n) => ({ title: `Task ${n}` }));
  const chunks = chunksOf(tasks);
  expect(chunks.map((chunk) => chunk.length)).toEqual([100, 100, 50]);
  expect(chunks.flat()).toEqual(tasks);
});

test("and sixty KiB at most, counted in bytes", () => {
  const tasks = Array.from({ length: 9 }, () => ({ title: "ä", description: "ä".repeat(10_000) }));
  for (const chunk of chunksOf(tasks)) {
    expect(new Blob([JSON.stringify({ tasks: chunk })]).size).toBeLessThan(64 * 1024);
  }
  expect(chunksOf(tasks).flat()).toHaveLength(9);
});

test("what one person was importing is forgotten when somebody else may come", async () => {
  server.use(http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })));
  startImport([{ title: "Mine" }]);
  expect(importJob.get().state).toBe("running");
  await signOut();
  await vi.waitFor(() => expect(importJob.get()).toMatchObject({ state: "idle", total: 0 }));
});
