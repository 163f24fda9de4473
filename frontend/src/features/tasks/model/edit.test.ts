import { delay, HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import type { Task, TaskChanges } from "@/shared/api/types";
import type { TaskFact } from "@/shared/realtime/facts";
import { signIn, signOut } from "@/shared/session/session";
import { makeAnswer, makeTask } from "@/test/factories";
import { problem } from "@/test/problems";
import { server } from "@/test/server";
import { mergeTasks, readCache, serverTask, viewTask } from "./cache";
import { conflictStore } from "./conflict";
import { addTask, retryDraft } from "./create";
import { editTask, trashTask } from "./edit";
import { takeFact } from "./sync";

const ONE = "*/api/tasks/:id/";

beforeEach(async () => {
  server.use(
    http.post("*/api/auth/token/", () => HttpResponse.json(makeAnswer("token"))),
    http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })),
  );
  await signIn({ username: "ada", password: "x" });
});
afterEach(async () => {
  await signOut();
  queryClient.clear();
});

/** The server's row, with If-Match as the API has it. */
function serveTask(start: Task, wait: (n: number) => number = () => 0) {
  let row = start;
  let patches = 0;
  server.use(
    http.patch(ONE, async ({ request }) => {
      patches += 1;
      const changes = (await request.json()) as TaskChanges;
      await delay(wait(patches));
      if (request.headers.get("If-Match") !== `"${row.version}"`) {
        return problem(412, "precondition_failed", { current: row });
      }
      row = { ...row, ...changes, version: row.version + 1 };
      return HttpResponse.json(row);
    }),
    http.get(ONE, () => HttpResponse.json(row)),
  );
  mergeTasks([start]);
  return {
    row: () => row,
    patches: () => patches,
    changeElsewhere: (changes: TaskChanges) => {
      row = { ...row, ...changes, version: row.version + 1 };
      return row;
    },
  };
}

const shown = (id: number) => viewTask(readCache(), id);

describe("an edit", () => {
  test("is on the screen before the server answers", async () => {
    const task = makeTask();
    const api = serveTask(task, () => 30);
    const saved = editTask(task.id, { status: "completed" });
    expect(shown(task.id)?.status).toBe("completed");
    expect(api.row().status).toBe("pending");
    await saved;
    expect(serverTask(task.id)).toMatchObject({ status: "completed", version: 2 });
  });

  test("comes off again when the server fails, and what arrived meanwhile stays", async () => {
    const task = makeTask({ title: "old" });
    mergeTasks([task]);
    server.use(http.patch(ONE, () => problem(500, "error")));
    const failed = editTask(task.id, { status: "completed" });
    mergeTasks([{ ...task, version: 2, title: "from elsewhere" }]);
    await expect(failed).rejects.toMatchObject({ problem: { status: 500 } });
    expect(shown(task.id)).toMatchObject({ status: "pending", title: "from elsewhere" });
    expect(readCache().edits).toEqual([]);
  });

  test("made fast after another ends as the last, whatever the answers' speed", async () => {
    const task = makeTask();
    const api = serveTask(task, (n) => (n === 1 ? 60 : 0));
    await Promise.all([
      editTask(task.id, { priority: "low" }),
      editTask(task.id, { priority: "high" }),
    ]);
    expect(api.row().priority).toBe("high");
    expect(shown(task.id)?.priority).toBe("high");
    expect(api.patches()).toBe(2);
    expect(conflictStore.get()).toBeNull();
  });
});

describe("somebody else was faster", () => {
  test("on another field: the edit is applied on top without a question", async () => {
    const task = makeTask();
    const api = serveTask(task);
    api.changeElsewhere({ title: "their title" });
    await editTask(task.id, { priority: "high" });
    expect(api.row()).toMatchObject({ title: "their title", priority: "high", version: 3 });
    expect(conflictStore.get()).toBeNull();
  });

  test("with the same value: nothing to ask", async () => {
    const task = makeTask();
    const api = serveTask(task);
    api.changeElsewhere({ priority: "high" });
    await editTask(task.id, { priority: "high" });
    expect(api.row().priority).toBe("high");
    expect(conflictStore.get()).toBeNull();
  });

  test.each([
    [["title"], "mine"],
    [[], "theirs"],
  ] as const)("on the same field: keeping %j ends as %s", async (kept, title) => {
    const task = makeTask({ title: "before" });
    const api = serveTask(task);
    api.changeElsewhere({ title: "theirs" });
    const saved = editTask(task.id, { title: "mine" });
    await vi.waitFor(() => expect(conflictStore.get()?.fields).toEqual(["title"]));
    expect(api.row().title).toBe("theirs");
    conflictStore.get()?.resolve(new Set(kept));
    await saved;
    expect(api.row().title).toBe(title);
    expect(shown(task.id)?.title).toBe(title);
  });

  test("and the news came before the save: still nothing is overwritten silently", async () => {
    const task = makeTask({ title: "before" });
    const api = serveTask(task);
    mergeTasks([api.changeElsewhere({ title: "theirs" })]);
    const saved = editTask(task.id, { title: "mine" }, { title: "before" });
    await vi.waitFor(() => expect(conflictStore.get()?.fields).toEqual(["title"]));
    expect(api.patches()).toBe(0);
    conflictStore.get()?.resolve(new Set());
    await saved;
    expect(api.row().title).toBe("theirs");
  });
});

describe("deleting", () => {
  test("takes the row away at once and for good, also when an old page comes late", async () => {
    const task = makeTask();
    mergeTasks([task]);
    let ifMatch: string | null = null;
    server.use(
      http.delete(ONE, ({ request }) => {
        ifMatch = request.headers.get("If-Match");
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const done = trashTask(task.id);
    expect(shown(task.id)).toBeUndefined();
    await done;
    mergeTasks([task]);
    expect(ifMatch).toBe('"1"');
    expect(shown(task.id)).toBeUndefined();
  });

  test("that fails brings the row back", async () => {
    const task = makeTask();
    mergeTasks([task]);
    server.use(http.delete(ONE, () => problem(500, "error")));
    await expect(trashTask(task.id)).rejects.toMatchObject({ problem: { status: 500 } });
    expect(shown(task.id)).toEqual(task);
  });
});

describe("creating", () => {
  test("goes out again by itself after a lost answer, with the same key, so one task is made", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post("*/api/tasks/", ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json(makeTask({ id: 900 }));
      }),
    );
    await addTask({ title: "once" });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(readCache().drafts).toEqual([]);
    expect(shown(900)).toBeDefined();
  });

  test("that met a broken server can be retried with the same key", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post("*/api/tasks/", ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? problem(500, "error") : HttpResponse.json(makeTask({ id: 901 }));
      }),
    );
    await expect(addTask({ title: "once" })).rejects.toMatchObject({ problem: { status: 500 } });
    const [draft] = readCache().drafts;
    expect(draft?.error).not.toBeNull();
    await retryDraft(draft?.id ?? 0);
    expect(keys[0]).toBe(keys[1]);
    expect(readCache().drafts).toEqual([]);
  });

  test("that was refused leaves no draft behind", async () => {
    const errors = [{ pointer: "/title", code: "max_length", detail: "Too long." }];
    server.use(http.post("*/api/tasks/", () => problem(400, "validation_error", { errors })));
    await expect(addTask({ title: "x" })).rejects.toMatchObject({ problem: { status: 400 } });
    expect(readCache().drafts).toEqual([]);
  });
});

describe("facts from the socket", () => {
  const fact = (id: number, version: number, verb: TaskFact["verb"] = "updated") =>
    ({ type: "task", verb, id, version }) as const;

  test("about our own write are not fetched again", async () => {
    const task = makeTask();
    serveTask(task);
    await editTask(task.id, { priority: "high" });
    const asked = vi.fn(() => HttpResponse.json(task));
    server.use(http.get(ONE, asked));
    await takeFact(fact(task.id, 2));
    await takeFact(fact(task.id, 1));
    expect(asked).not.toHaveBeenCalled();
  });

  test("about a newer version fetch the task", async () => {
    const task = makeTask();
    const api = serveTask(task);
    const row = api.changeElsewhere({ title: "new words" });
    await takeFact(fact(task.id, row.version));
    expect(shown(task.id)?.title).toBe("new words");
  });

  test.each(["trashed", "purged"] as const)("that it was %s remove the row", async (verb) => {
    const task = makeTask();
    mergeTasks([task]);
    await takeFact(fact(task.id, 2, verb));
    expect(shown(task.id)).toBeUndefined();
  });

  test("that it was reverted fetch the task", async () => {
    const task = makeTask();
    const api = serveTask(task);
    const row = api.changeElsewhere({ title: "old words" });
    await takeFact(fact(task.id, row.version, "reverted"));
    expect(shown(task.id)?.title).toBe("old words");
  });
});
