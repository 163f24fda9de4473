import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeAnswer, makeTask } from "@/test/factories";
import { server } from "@/test/server";
import { installLocks, openTab as openBareTab, removeLocks } from "@/test/tabs";

vi.setConfig({ testTimeout: 30_000 });

let stops: (() => void)[];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  installLocks();
  localStorage.setItem("tm.session", "1");
  stops = [];
  signInAs(1);
  server.use(http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })));
});

afterEach(() => {
  for (const stop of stops) stop();
  removeLocks();
});

function signInAs(id: number): void {
  server.use(
    http.post("*/api/auth/token/refresh/", () => HttpResponse.json(makeAnswer("token", { id }))),
  );
}

async function openTab() {
  const { session } = await openBareTab();
  const { mergeTasks, dropTask, readCache } = await import("./cache");
  const { cursorStore, moveCursor } = await import("./cursor");
  const { startKeeping } = await import("./copy");
  const { takeSaved } = await import("./saved");
  const { claim, readCopy } = await import("@/shared/persistence/database");
  await session.bootSession();
  const keep = async () => {
    const { user } = session.sessionStore.get();
    // As the outbox does, which starts with it.
    if (user) await claim(user);
    stops.push(startKeeping());
  };
  return {
    ...{ session, mergeTasks, dropTask, cursorStore, moveCursor, keep, takeSaved },
    known: () => [...readCache().server.items.keys()],
    kept: async () => (await readCopy(1).catch(() => null))?.tasks.map(({ id }) => id),
  };
}

type Tab = Awaited<ReturnType<typeof openTab>>;

const waitFor = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

/** What a tab shows that has been open for a while. */
async function keepTwo(): Promise<Tab> {
  const tab = await openTab();
  await tab.takeSaved("open");
  tab.mergeTasks([makeTask({ id: 1 }), makeTask({ id: 2 })]);
  tab.moveCursor("c1");
  await tab.keep();
  await waitFor(async () => expect(await tab.kept()).toEqual([1, 2]));
  return tab;
}

test("the next tab begins with what was kept, and where the change feed stood", async () => {
  await keepTwo();
  const next = await openTab();
  await next.takeSaved("open");
  expect(next.known()).toEqual([1, 2]);
  expect(await next.cursorStore.get()).toBe("c1");
});

test("what changes is kept as well, and what goes is gone from the disk", async () => {
  const tab = await keepTwo();
  tab.mergeTasks([makeTask({ id: 3 })]);
  tab.dropTask(1);
  await waitFor(async () => expect(await tab.kept()).toEqual([2, 3]));
});

test("somebody else begins with nothing", async () => {
  await keepTwo();
  signInAs(2);
  const next = await openTab();
  await next.takeSaved("open");
  expect(next.known()).toEqual([]);
});

test("a log-out empties the disk", async () => {
  const tab = await keepTwo();
  await tab.session.signOut();
  const { openDB } = await import("idb");
  await waitFor(async () => {
    const raw = await openDB("tm");
    expect(await raw.count("tasks")).toBe(0);
    raw.close();
  });
});

test.each([
  [
    "refused",
    () => {
      throw new DOMException("Refused.", "SecurityError");
    },
  ],
  ["out of order", () => new IDBOpenDBRequest()],
])("a storage that is %s keeps nobody from the list", async (_, open) => {
  vi.stubGlobal("indexedDB", { open });
  const tab = await openTab();
  expect(await tab.takeSaved("open")).toBeUndefined();
});
