import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { signIn } from "@/shared/session/session";
import { makeAnswer, makeTask } from "@/test/factories";
import { server } from "@/test/server";
import { mergeTasks, readCache } from "./cache";
import { moveCursor } from "./cursor";
import { catchUp, startTaskSync } from "./sync";

beforeEach(async () => {
  server.use(http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("token"))));
  await signIn({ username: "ada", password: "x" });
});

function answerChanges(): string[] {
  const asked: string[] = [];
  server.use(
    http.get("*/api/tasks/changes/", ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("since") ?? "");
      const results = [makeTask({ id: 7, version: 3, title: "From elsewhere" })];
      return HttpResponse.json({ results, gone: [8], cursor: "level", has_more: false });
    }),
  );
  return asked;
}

const titleOf = (id: number) => readCache().server.items.get(id)?.title;

test("a kept copy that was read after the news came still catches up with them", async () => {
  const asked = answerChanges();
  const stop = startTaskSync();
  await catchUp();
  expect(asked).toEqual([]);

  mergeTasks([makeTask({ id: 7, version: 2 }), makeTask({ id: 8 })]);
  moveCursor("kept");
  await vi.waitFor(() => expect(titleOf(7)).toBe("From elsewhere"));
  expect(titleOf(8)).toBeUndefined();
  expect(asked).toEqual(["kept"]);
  stop();
});
