import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { makeTask, makeUser } from "@/test/factories";
import type { StoredWrite } from "./database";

const ada = makeUser();
const eve = makeUser({ id: 2, username: "eve" });
const mark = { cursor: "c1" };

/** As a tab that has just been opened. */
async function openStorage() {
  vi.resetModules();
  const database = await import("./database");
  const { raiseEpoch } = await import("@/shared/session/storage");
  return { ...database, raiseEpoch };
}

type Storage = Awaited<ReturnType<typeof openStorage>>;

let db: Storage;

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  db = await openStorage();
  await db.claim(ada);
});

function makeWrite(key: string, at: number, tab = "tab-1"): StoredWrite {
  const parts = { taskId: 1, changes: {}, seen: {}, isDelete: false, isRestore: false };
  return { key, at, tab, kind: "edit", ...parts };
}

async function keepCopy(): Promise<void> {
  await db.beginCopy(ada.id, "s1");
  await db.writeCopy(ada.id, "s1", { changed: [makeTask({ id: 5 })], removed: [], mark });
  await db.changeWrites(ada.id, [makeWrite("w1", 1)], []);
}

const keys = (writes: readonly StoredWrite[]) => writes.map(({ key }) => key);

test("what was kept is there for the same person in the next tab", async () => {
  await keepCopy();
  db = await openStorage();
  await db.claim(ada);
  const copy = await db.readCopy(ada.id);
  expect(copy).toMatchObject({ mark, stamp: "s1", tasks: [{ id: 5 }] });
  expect(keys(await db.readWrites(ada.id))).toEqual(["w1"]);
  expect(await db.rememberedUser()).toEqual(ada);
});

test("somebody else finds nothing, and the one before can no longer read or write", async () => {
  await keepCopy();
  await db.claim(eve);
  expect(await db.readCopy(eve.id)).toBeNull();
  expect(await db.readWrites(eve.id)).toEqual([]);
  await expect(db.readCopy(ada.id)).rejects.toBeInstanceOf(db.NotOurs);
  await expect(db.changeWrites(ada.id, [makeWrite("late", 2)], [])).rejects.toBeInstanceOf(
    db.NotOurs,
  );
  expect(await db.readWrites(eve.id)).toEqual([]);
});

test("after a log-out nothing that is late gets in, and the same person begins anew", async () => {
  await keepCopy();
  db.raiseEpoch();
  const part = { changed: [makeTask()], removed: [] };
  await expect(db.writeCopy(ada.id, "s1", part)).rejects.toBeInstanceOf(db.NotOurs);
  await expect(db.adoptWrites(ada.id, () => true, "tab-2")).rejects.toBeInstanceOf(db.NotOurs);
  expect(await db.rememberedUser()).toBeNull();
  await db.claim(ada);
  expect(await db.readCopy(ada.id)).toBeNull();
  expect(await db.readWrites(ada.id)).toEqual([]);
});

test("a log-out empties everything, whoever is next", async () => {
  await keepCopy();
  db.raiseEpoch();
  await db.wipeStale();
  expect(await countAll()).toBe(0);
});

test("emptying late does not take what has been claimed since", async () => {
  db.raiseEpoch();
  await db.claim(ada);
  await keepCopy();
  await db.wipeStale();
  expect(await db.readCopy(ada.id)).not.toBeNull();
});

test("a refused session takes the rows, and leaves what was never sent", async () => {
  await keepCopy();
  await db.dropCopy();
  expect(await db.readCopy(ada.id)).toBeNull();
  expect(keys(await db.readWrites(ada.id))).toEqual(["w1"]);
});

test("a copy that is not finished counts as none", async () => {
  await keepCopy();
  await db.beginCopy(ada.id, "s2");
  await db.writeCopy(ada.id, "s2", { changed: [makeTask()], removed: [] });
  expect(await db.readCopy(ada.id)).toBeNull();
});

test("of two tabs that keep the copy, the one that began earlier is told so", async () => {
  await keepCopy();
  await db.beginCopy(ada.id, "s2");
  await expect(
    db.writeCopy(ada.id, "s1", { changed: [], removed: [], mark }),
  ).rejects.toBeInstanceOf(db.StaleCopyError);
  expect(await db.readCopy(ada.id)).toBeNull();
});

test("what was left unsent goes to one taker, in the order it was made", async () => {
  const left = [makeWrite("second", 2), makeWrite("first", 1), makeWrite("other", 3, "tab-9")];
  await db.changeWrites(ada.id, left, []);
  const isLeft = ({ tab }: StoredWrite) => tab === "tab-1";
  const takers = await Promise.all(
    ["tab-2", "tab-3"].map((tab) => db.adoptWrites(ada.id, isLeft, tab)),
  );
  expect(takers.map(keys)).toEqual([["first", "second"], []]);
});

test("a storage that could not be opened once is tried again", async () => {
  const { deleteDB, openDB } = await import("idb");
  vi.stubGlobal("indexedDB", new IDBFactory());
  db = await openStorage();
  (await openDB("tm", 99)).close();
  await expect(db.claim(ada)).rejects.toThrow();
  await deleteDB("tm");
  await db.claim(ada);
  await keepCopy();
  expect(await db.readCopy(ada.id)).not.toBeNull();
});

/** Every row of every table, past the application's own rules. */
async function countAll(): Promise<number> {
  const { openDB } = await import("idb");
  const raw = await openDB("tm");
  const counts = await Promise.all([...raw.objectStoreNames].map((name) => raw.count(name)));
  raw.close();
  return counts.reduce((sum, count) => sum + count, 0);
}
