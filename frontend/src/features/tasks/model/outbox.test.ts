import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Task, TaskChanges } from "@/shared/api/types";
import { makeAnswer, makeTask } from "@/test/factories";
import { problem } from "@/test/problems";
import { server } from "@/test/server";
import { installLocks, openTab as openBareTab, removeLocks } from "@/test/tabs";

vi.setConfig({ testTimeout: 30_000 });

const TITLES = ["first", "second", "third"] as const;

/** The server's rows, and every write that it was sent. */
let rows: Map<number, Task>;
let sent: string[];
let idempotencyKeys: (string | null)[];
let closings: (() => void)[];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  installLocks();
  localStorage.setItem("tm.session", "1");
  rows = new Map(TITLES.map((title, n) => [n + 1, makeTask({ id: n + 1, title })]));
  sent = [];
  idempotencyKeys = [];
  closings = [];
  server.use(
    http.post("*/api/auth/token/refresh/", () => HttpResponse.json(makeAnswer("token"))),
    http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })),
    http.patch("*/api/tasks/:id/", async ({ request, params }) => {
      const row = rows.get(Number(params.id)) as Task;
      const changes = (await request.json()) as TaskChanges;
      sent.push(`${row.id}: ${Object.values(changes).join()}`);
      if (request.headers.get("If-Match") !== `"${row.version}"`)
        return problem(412, "precondition_failed", { current: row });
      rows.set(row.id, { ...row, ...changes, version: row.version + 1 });
      return HttpResponse.json(rows.get(row.id));
    }),
    http.delete("*/api/tasks/:id/", ({ params }) => {
      sent.push(`${params.id}: deleted`);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("*/api/tasks/:id/restore/", ({ params }) => {
      sent.push(`${params.id}: restored`);
      return HttpResponse.json({ ...rows.get(Number(params.id)), version: 3 });
    }),
    http.post("*/api/tasks/", async ({ request }) => {
      const { title } = (await request.json()) as { title: string };
      sent.push(`new: ${title}`);
      idempotencyKeys.push(request.headers.get("Idempotency-Key"));
      return HttpResponse.json(makeTask({ id: 100 + sent.length, title }), { status: 201 });
    }),
  );
});

afterEach(() => {
  for (const close of closings) close();
  goOnline(true);
  removeLocks();
});

function goOnline(isOnline: boolean): void {
  window.dispatchEvent(new Event(isOnline ? "online" : "offline"));
}

const waitFor = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

/** A tab with its own memory, over the storage that all of them share. */
async function openTab() {
  const listening = recordListeners();
  const { session } = await openBareTab();
  const cache = await import("./cache");
  const { addTask, retryDraft, UncertainError } = await import("./create");
  const { editTask } = await import("./edit");
  const bulk = await import("./bulk");
  const { conflictStore } = await import("./conflict");
  const { refusedStore } = await import("./refused");
  const { startOutbox } = await import("./outbox");
  const { readWrites } = await import("@/shared/persistence/database");
  await session.bootSession();
  cache.mergeTasks([...rows.values()]);
  const stop = startOutbox();
  listening.stop();
  const close = () => [listening.forget(), stop()];
  const countStored = async () => (await readWrites(1)).length;
  const triedAt = async () => {
    const [write] = await readWrites(1);
    return write?.kind === "draft" ? write.triedAt : undefined;
  };
  closings.push(close);
  const adding = { addTask, retryDraft, UncertainError };
  const parts = { session, cache, bulk, editTask, conflictStore, refusedStore };
  return { ...adding, ...parts, countStored, triedAt, close };
}

type Tab = Awaited<ReturnType<typeof openTab>>;

/** The scripts of a tab that is closed hear nothing any more, of a network least of all. */
function recordListeners() {
  const added: [string, EventListener][] = [];
  const add = window.addEventListener;
  window.addEventListener = (...parts: Parameters<typeof add>) => {
    added.push([parts[0], parts[1] as EventListener]);
    add.apply(window, parts);
  };
  return {
    stop: () => {
      window.addEventListener = add;
    },
    forget: () => {
      for (const [type, listener] of added) window.removeEventListener(type, listener);
    },
  };
}

function waiting(tab: Tab): number {
  return tab.cache.countWaiting(tab.cache.readCache());
}

/** Made without a network, and on disk. */
async function leaveUnsent(tab: Tab, ...writes: (() => Promise<unknown>)[]): Promise<void> {
  for (const write of writes) void write().catch(() => undefined);
  await waitFor(async () => expect(await tab.countStored()).toBe(writes.length));
}

test("what was made offline goes out in the order it was made, each once", async () => {
  const tab = await openTab();
  goOnline(false);
  await leaveUnsent(
    tab,
    () => tab.addTask({ title: "a" }),
    () => tab.editTask(1, { title: "b" }),
    () => tab.addTask({ title: "c" }),
    () => tab.editTask(2, { title: "d" }),
    () => tab.editTask(1, { priority: "high" }),
  );
  goOnline(true);
  await waitFor(async () => expect(await tab.countStored()).toBe(0));
  expect(sent).toEqual(["new: a", "1: b", "new: c", "2: d", "1: high"]);
});

test("so it does after the tab was closed and another opened", async () => {
  const before = await openTab();
  goOnline(false);
  await leaveUnsent(
    before,
    () => before.editTask(2, { title: "a" }),
    () => before.addTask({ title: "b" }),
    () => before.editTask(1, { title: "c" }),
  );
  before.close();
  const after = await openTab();
  goOnline(true);
  await waitFor(async () => expect(await after.countStored()).toBe(0));
  expect(sent).toEqual(["2: a", "new: b", "1: c"]);
  expect(waiting(after)).toBe(0);
});

test("a bulk and its undo wait together, and both go out after the tab was closed", async () => {
  const before = await openTab();
  const items = [1, 2].map((id) => ({ id, before: {}, order: { action: "delete" } as const }));
  goOnline(false);
  void before.bulk.runBulk(items);
  void before.bulk.runBulk(before.bulk.inverseOf(items));
  await waitFor(async () => expect(await before.countStored()).toBe(4));
  expect(waiting(before)).toBe(4);
  expect(before.cache.viewTask(before.cache.readCache(), 1)).toBeDefined();
  before.close();
  const after = await openTab();
  goOnline(true);
  await waitFor(async () => expect(await after.countStored()).toBe(0));
  expect(sent).toEqual(["1: deleted", "2: deleted", "1: restored", "2: restored"]);
  expect(after.cache.serverTask(1)).toMatchObject({ version: 3 });
});

test("of two tabs the one that made a write sends it, and the other shows it meanwhile", async () => {
  const maker = await openTab();
  const other = await openTab();
  goOnline(false);
  await leaveUnsent(
    maker,
    () => maker.editTask(1, { title: "a" }),
    () => maker.addTask({ title: "b" }),
  );
  await waitFor(() => expect(waiting(other)).toBe(2));
  expect(other.cache.viewTask(other.cache.readCache(), 1)?.title).toBe("a");
  goOnline(true);
  await waitFor(() => expect(waiting(other)).toBe(0));
  expect(sent).toEqual(["1: a", "new: b"]);
  expect(other.cache.serverTask(1)).toMatchObject({ title: "a", version: 2 });
});

test("what a closed tab left is taken over by one of the others alone", async () => {
  const maker = await openTab();
  const others = [await openTab(), await openTab()];
  goOnline(false);
  await leaveUnsent(
    maker,
    () => maker.editTask(1, { title: "a" }),
    () => maker.addTask({ title: "b" }),
  );
  for (const other of others) await waitFor(() => expect(waiting(other)).toBe(2));
  maker.close();
  goOnline(true);
  for (const other of others) await waitFor(() => expect(waiting(other)).toBe(0));
  expect(sent).toEqual(["1: a", "new: b"]);
});

test("a new task whose answer was never heard is sent again by the name it had", async () => {
  server.use(
    http.post(
      "*/api/tasks/",
      ({ request }) => {
        idempotencyKeys.push(request.headers.get("Idempotency-Key"));
        goOnline(false);
        return HttpResponse.error();
      },
      { once: true },
    ),
  );
  const before = await openTab();
  await leaveUnsent(before, () => before.addTask({ title: "once" }));
  await waitFor(() => expect(idempotencyKeys).toHaveLength(1));
  before.close();
  const after = await openTab();
  goOnline(true);
  await waitFor(async () => expect(await after.countStored()).toBe(0));
  expect(idempotencyKeys).toHaveLength(2);
  expect(idempotencyKeys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(idempotencyKeys[1]).toBe(idempotencyKeys[0]);
});

test("one that the server may have forgotten the name of waits for its person", async () => {
  server.use(
    http.post(
      "*/api/tasks/",
      () => {
        goOnline(false);
        return HttpResponse.error();
      },
      { once: true },
    ),
  );
  const before = await openTab();
  await leaveUnsent(before, () => before.addTask({ title: "once" }));
  await waitFor(async () => expect(await before.triedAt()).toBeTypeOf("number"));
  before.close();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 3_600_000 });
  const after = await openTab();
  goOnline(true);
  const draft = () => after.cache.readCache().drafts[0];
  await waitFor(() => expect(draft()?.error).toBeInstanceOf(after.UncertainError));
  expect(sent).toEqual([]);
  await after.retryDraft(draft()?.id ?? 0);
  vi.useRealTimers();
  expect(sent).toEqual(["new: once"]);
  await waitFor(async () => expect(await after.countStored()).toBe(0));
});

test("a conflict waits at its task for an answer, while the other tasks go on", async () => {
  const tab = await openTab();
  goOnline(false);
  await leaveUnsent(
    tab,
    () => tab.editTask(1, { title: "mine" }),
    () => tab.editTask(1, { priority: "high" }),
    () => tab.editTask(2, { title: "other task" }),
  );
  const row = rows.get(1) as Task;
  rows.set(1, { ...row, title: "theirs", version: 2 });
  goOnline(true);
  await waitFor(() => expect(tab.conflictStore.get()?.fields).toEqual(["title"]));
  await waitFor(() => expect(rows.get(2)?.title).toBe("other task"));
  expect(rows.get(1)).toMatchObject({ title: "theirs", priority: "medium" });
  tab.conflictStore.get()?.resolve(new Set(["title"]));
  await waitFor(async () => expect(await tab.countStored()).toBe(0));
  expect(rows.get(1)).toMatchObject({ title: "mine", priority: "high" });
});

test("what the server refuses is kept and shown, and keeps nothing else from going", async () => {
  server.use(http.patch("*/api/tasks/1/", () => problem(403, "forbidden")));
  const before = await openTab();
  goOnline(false);
  await leaveUnsent(
    before,
    () => before.editTask(1, { title: "refused" }),
    () => before.editTask(2, { title: "fine" }),
  );
  before.close();
  const after = await openTab();
  goOnline(true);
  await waitFor(() => expect(after.refusedStore.get()).toHaveLength(1));
  await waitFor(() => expect(rows.get(2)?.title).toBe("fine"));
  await waitFor(async () => expect(await after.countStored()).toBe(1));
});

test("nothing that one person left is ever sent as the next", async () => {
  const before = await openTab();
  goOnline(false);
  await leaveUnsent(before, () => before.addTask({ title: "hers" }));
  before.close();
  server.use(
    http.post("*/api/auth/token/refresh/", () => HttpResponse.json(makeAnswer("eve", { id: 2 }))),
  );
  const after = await openTab();
  await waitFor(async () => expect((await storedKeys()).length).toBe(0));
  goOnline(true);
  await after.addTask({ title: "his" });
  expect(sent).toEqual(["new: his"]);
});

test("logging out takes what waits off the disk, and a late write does not bring it back", async () => {
  const tab = await openTab();
  goOnline(false);
  await leaveUnsent(tab, () => tab.addTask({ title: "hers" }));
  const { onForget } = tab.session;
  const { wipeStale } = await import("@/shared/persistence/database");
  onForget(() => void wipeStale());
  await tab.session.signOut();
  await waitFor(async () => expect(await storedKeys()).toEqual([]));
  goOnline(true);
  const next = await openTab();
  expect(waiting(next)).toBe(0);
  expect(sent).toEqual([]);
});

/** What lies on the disk, whosever it is. */
async function storedKeys(): Promise<IDBValidKey[]> {
  const { openDB } = await import("idb");
  const raw = await openDB("tm");
  const keys = await raw.getAllKeys("writes");
  raw.close();
  return keys;
}

test.each([
  [
    "refuses to store anything",
    () => {
      throw new DOMException("Refused.", "SecurityError");
    },
  ],
  ["never answers", () => new IDBOpenDBRequest()],
])("where the browser %s, changes are sent all the same", async (_, open) => {
  vi.stubGlobal("indexedDB", { open });
  const tab = await openTab();
  await tab.editTask(1, { title: "a" });
  await tab.addTask({ title: "b" });
  expect(sent).toEqual(["1: a", "new: b"]);
  goOnline(false);
  const saved = tab.editTask(2, { title: "c" });
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
  goOnline(true);
  await saved;
  expect(rows.get(2)?.title).toBe("c");
});
