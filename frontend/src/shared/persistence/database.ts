import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Task, TaskChanges, User } from "@/shared/api/types";
import { readEpoch } from "@/shared/session/storage";

/** Raised with every change of what is stored: an older copy is thrown away, not migrated. */
const VERSION = 1;
const NAME = "tm";
const CHUNK = 500;

/** Whose everything here is. Somebody else's, or from before a log-out, it is nobody's. */
interface Owner {
  readonly user: User;
  readonly epoch: number;
}

/** Where the copy of the tasks stands. Written last, so that it never promises too much. */
export interface SyncMark {
  readonly cursor: string;
  /** Where loading each list goes on; absent when it had not begun. */
  readonly open?: { readonly cursor: string | null } | undefined;
  readonly completed?: { readonly cursor: string | null } | undefined;
}

interface StoredBase {
  readonly key: string;
  readonly at: number;
  /** Which tab sends it. */
  readonly tab: string;
}

export type StoredWrite = StoredBase &
  (
    | {
        readonly kind: "edit";
        readonly taskId: number;
        readonly changes: TaskChanges;
        readonly seen: TaskChanges;
        readonly isDelete: boolean;
        readonly isRestore: boolean;
      }
    | {
        readonly kind: "draft";
        readonly input: TaskChanges & { readonly title: string };
        readonly createdAt: string;
        readonly triedAt?: number | undefined;
      }
  );

interface Tables extends DBSchema {
  meta: { key: string; value: unknown };
  tasks: { key: number; value: Task };
  writes: { key: string; value: StoredWrite };
}

type Table = "meta" | "tasks" | "writes";
const TABLES: readonly Table[] = ["meta", "tasks", "writes"];

/** Another tab has written the copy since; what is on disk is not what we think. */
export class StaleCopyError extends Error {}
/** Signed out, or somebody else since. */
export class NotOurs extends Error {}

let opening: Promise<IDBPDatabase<Tables>> | null = null;

function database(): Promise<IDBPDatabase<Tables>> {
  opening ??= openDB<Tables>(NAME, VERSION, {
    upgrade(db) {
      for (const table of [...db.objectStoreNames]) db.deleteObjectStore(table);
      db.createObjectStore("meta");
      db.createObjectStore("tasks", { keyPath: "id" });
      db.createObjectStore("writes", { keyPath: "key" });
    },
    // A newer build in another tab wants to upgrade; this tab goes on without.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opening = null;
    },
  });
  // What fails may pass; whoever asks next tries again.
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

/** Makes everything here this person's; what was another's is deleted in the same step. */
export async function claim(user: User): Promise<void> {
  const epoch = readEpoch();
  const tx = (await database()).transaction(TABLES, "readwrite");
  const meta = tx.objectStore("meta");
  const owner = (await meta.get("owner")) as Owner | undefined;
  if (owner && !isOwner(owner, user.id)) await clearAll((table) => tx.objectStore(table).clear());
  await meta.put({ user, epoch } satisfies Owner, "owner");
  await tx.done;
}

function isOwner(owner: Owner | undefined, userId: number): boolean {
  return owner?.user.id === userId && owner.epoch === readEpoch();
}

async function clearAll(clear: (table: Table) => Promise<unknown>): Promise<void> {
  await Promise.all(TABLES.map(clear));
}

/** Who was signed in here last, for a start without the server. */
export async function rememberedUser(): Promise<User | null> {
  const owner = (await (await database()).get("meta", "owner")) as Owner | undefined;
  return owner?.epoch === readEpoch() ? owner.user : null;
}

/** After a log-out, in whichever tab: everything that is from before it. */
export async function wipeStale(): Promise<void> {
  const tx = (await database()).transaction(TABLES, "readwrite");
  const owner = (await tx.objectStore("meta").get("owner")) as Owner | undefined;
  if (owner?.epoch !== readEpoch()) await clearAll((table) => tx.objectStore(table).clear());
  await tx.done;
}

/** The server refused the session: the rows go, what was never sent waits for its person. */
export async function dropCopy(): Promise<void> {
  const tx = (await database()).transaction(["meta", "tasks"], "readwrite");
  await tx.objectStore("tasks").clear();
  await tx.objectStore("meta").delete("sync");
  await tx.done;
}

async function open(userId: number, tables: Table[]) {
  const tx = (await database()).transaction([...tables, "meta"], "readwrite");
  const meta = tx.objectStore("meta");
  if (!isOwner((await meta.get("owner")) as Owner | undefined, userId)) {
    tx.abort();
    await tx.done.catch(() => undefined);
    throw new NotOurs();
  }
  return { tx, meta };
}

export interface Copy {
  readonly tasks: readonly Task[];
  readonly mark: SyncMark;
  readonly stamp: string;
}

export async function readCopy(userId: number): Promise<Copy | null> {
  const { meta } = await open(userId, []);
  const [mark, stamp] = await Promise.all([meta.get("sync"), meta.get("stamp")]);
  if (!mark || !stamp) return null;
  return { tasks: await readTasks(), mark: mark as SyncMark, stamp: stamp as string };
}

/** In parts, because a browser unpacks what it reads while everything else waits. */
async function readTasks(): Promise<Task[]> {
  const db = await database();
  const tasks: Task[] = [];
  for (let part = await db.getAll("tasks", null, CHUNK); part.length > 0; ) {
    tasks.push(...part);
    if (part.length < CHUNK) break;
    const last = part.at(-1)?.id ?? 0;
    part = await db.getAll("tasks", IDBKeyRange.lowerBound(last, true), CHUNK);
  }
  return tasks;
}

/** Begins the copy anew. Without a mark it counts as none until `finishCopy`. */
export async function beginCopy(userId: number, stamp: string): Promise<void> {
  const { tx, meta } = await open(userId, ["tasks"]);
  await Promise.all([
    tx.objectStore("tasks").clear(),
    meta.delete("sync"),
    meta.put(stamp, "stamp"),
    tx.done,
  ]);
}

export interface CopyPart {
  readonly changed: readonly Task[];
  readonly removed: readonly number[];
  /** With the last part. */
  readonly mark?: SyncMark;
}

export async function writeCopy(userId: number, stamp: string, part: CopyPart): Promise<void> {
  const { tx, meta } = await open(userId, ["tasks"]);
  if ((await meta.get("stamp")) !== stamp) {
    tx.abort();
    await tx.done.catch(() => undefined);
    throw new StaleCopyError();
  }
  const tasks = tx.objectStore("tasks");
  await Promise.all([
    ...part.changed.map((task) => tasks.put(task)),
    ...part.removed.map((id) => tasks.delete(id)),
    ...(part.mark ? [meta.put(part.mark, "sync")] : []),
    tx.done,
  ]);
}

/** Unsent writes in the order they were made. */
export async function readWrites(userId: number): Promise<StoredWrite[]> {
  const { tx } = await open(userId, ["writes"]);
  return inOrder(await tx.objectStore("writes").getAll());
}

function inOrder(writes: StoredWrite[]): StoredWrite[] {
  return writes.sort((a, b) => a.at - b.at);
}

export async function changeWrites(
  userId: number,
  put: readonly StoredWrite[],
  remove: readonly string[],
): Promise<void> {
  const { tx } = await open(userId, ["writes"]);
  const writes = tx.objectStore("writes");
  await Promise.all([
    ...put.map((write) => writes.put(write)),
    ...remove.map((key) => writes.delete(key)),
    tx.done,
  ]);
}

/** Takes over what a tab that is gone left unsent; each write goes to one taker only. */
export async function adoptWrites(
  userId: number,
  isLeft: (write: StoredWrite) => boolean,
  tab: string,
): Promise<StoredWrite[]> {
  const { tx } = await open(userId, ["writes"]);
  const writes = tx.objectStore("writes");
  const left = inOrder((await writes.getAll()).filter(isLeft)).map((write) => ({ ...write, tab }));
  await Promise.all([...left.map((write) => writes.put(write)), tx.done]);
  return left;
}
