/** Anything the server counts changes of: +1 per change, never reused. */
export interface Versioned {
  readonly id: number;
  readonly version: number;
}

/**
 * What is known of a set of resources. `gone` remembers what left and at which
 * version, so that an answer that was slow on its way can't bring it back.
 */
export interface Collection<T extends Versioned> {
  readonly items: ReadonlyMap<number, T>;
  readonly gone: ReadonlyMap<number, number>;
}

/** Left at a version nobody told us; only an answer newer than the leaving may bring it back. */
const UNKNOWN_VERSION = Number.POSITIVE_INFINITY;

export function emptyCollection<T extends Versioned>(): Collection<T> {
  return { items: new Map(), gone: new Map() };
}

/** Whether a fact about this version says something not known yet. */
export function isNews<T extends Versioned>(
  { items, gone }: Collection<T>,
  id: number,
  version: number,
): boolean {
  const left = gone.get(id);
  const known = items.get(id)?.version ?? (left === UNKNOWN_VERSION ? undefined : left);
  return known === undefined || version > known;
}

/**
 * Takes in resources in any order and any number of times: the highest version
 * wins. `isFresh` marks answers that were asked for after the last known leaving.
 * Returns the same collection when nothing was new.
 */
export function mergeItems<T extends Versioned>(
  collection: Collection<T>,
  incoming: readonly T[],
  isFresh = false,
): Collection<T> {
  const fresh = incoming.filter((item) => isWelcome(collection, item, isFresh));
  if (fresh.length === 0) return collection;
  const items = new Map(collection.items);
  const gone = new Map(collection.gone);
  for (const item of fresh) {
    items.set(item.id, item);
    gone.delete(item.id);
  }
  return { items, gone };
}

function isWelcome<T extends Versioned>(
  { items, gone }: Collection<T>,
  item: T,
  isFresh: boolean,
): boolean {
  const left = gone.get(item.id);
  if (left !== undefined) return left === UNKNOWN_VERSION ? isFresh : item.version > left;
  const known = items.get(item.id);
  return known === undefined || item.version > known.version;
}

/** Takes one out. A leaving older than what is known is ignored. */
export function dropItem<T extends Versioned>(
  collection: Collection<T>,
  id: number,
  version: number = UNKNOWN_VERSION,
): Collection<T> {
  const known = collection.items.get(id);
  if (known && known.version > version) return collection;
  const items = new Map(collection.items);
  items.delete(id);
  const last = collection.gone.get(id);
  const left = last === undefined || last === UNKNOWN_VERSION ? version : Math.max(last, version);
  return { items, gone: new Map(collection.gone).set(id, left) };
}
