import { queryOptions } from "@tanstack/react-query";
import { offerUndo } from "@/shared/actions/undo";
import { ApiError, SignedOutError } from "@/shared/api/errors";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { SavedFilter } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { uuid } from "@/shared/lib/uuid";
import { onFact } from "@/shared/realtime/socket";
import { showError, showToast } from "@/shared/ui/toast";
import {
  createFilter,
  deleteFilter,
  type FilterChanges,
  type FilterFields,
  listFilters,
  patchFilter,
} from "../api";

type Filters = readonly SavedFilter[];

export const savedFiltersQuery = queryOptions({
  queryKey: queryKeys.filters,
  queryFn: listFilters,
  // No fact tells of them: another tab's are seen when this one is looked at again.
  refetchOnWindowFocus: "always",
});

/** After a gap they are asked for again; returns how to stop. */
export function startFilterSync(): () => void {
  return onFact("ready", () => void queryClient.invalidateQueries({ queryKey: queryKeys.filters }));
}

let lastWrite: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Shown at once, sent one after the other, and taken back when it fails. The list is
 * asked for again after the last of them, whatever came of it.
 */
async function write<T>(show: (filters: Filters) => Filters, send: () => Promise<T>): Promise<T> {
  waiting += 1;
  await queryClient.cancelQueries({ queryKey: queryKeys.filters });
  const before = queryClient.getQueryData<Filters>(queryKeys.filters) ?? [];
  queryClient.setQueryData<Filters>(queryKeys.filters, show(before));
  const sent = lastWrite.then(send);
  lastWrite = sent.catch(() => undefined);
  try {
    return await sent;
  } catch (error) {
    queryClient.setQueryData<Filters>(queryKeys.filters, before);
    throw error;
  } finally {
    waiting -= 1;
    if (waiting === 0) void queryClient.invalidateQueries({ queryKey: queryKeys.filters });
  }
}

/** Rejects when it is refused; the key makes a second try the same filter. */
export async function saveFilter(input: FilterFields & FilterChanges, key: string): Promise<void> {
  await write(
    (filters) => inserted(filters, input),
    () => createFilter(input, key),
  );
  showToast(messages.filters.saved(input.name));
}

function inserted(filters: Filters, input: FilterFields & FilterChanges): Filters {
  const position = input.position ?? filters.length;
  const now = new Date().toISOString();
  const filter = { ...input, id: -1, position, created_at: now, updated_at: now };
  return [...filters.slice(0, position), filter, ...filters.slice(position)];
}

export async function renameFilter(filter: SavedFilter, name: string): Promise<void> {
  await change(filter, { name });
}

function change(filter: SavedFilter, changes: FilterChanges): Promise<SavedFilter> {
  return write(
    (filters) => filters.map((one) => (one.id === filter.id ? { ...one, ...changes } : one)),
    () => patchFilter(filter.id, changes),
  );
}

export function updateFilter(filter: SavedFilter, view: Omit<FilterFields, "name">): void {
  change(filter, view)
    .then(() => showToast(messages.filters.updated(filter.name)))
    .catch((error: unknown) => report(error, filter, () => updateFilter(filter, view)));
}

export function moveFilter(filter: SavedFilter, position: number): void {
  write(
    (filters) => moved(filters, filter, position),
    () => patchFilter(filter.id, { position }),
  )
    .then(() => announce(messages.filters.moved(filter.name, position + 1)))
    .catch((error: unknown) => report(error, filter, () => moveFilter(filter, position)));
}

function moved(filters: Filters, filter: SavedFilter, position: number): Filters {
  const others = filters.filter(({ id }) => id !== filter.id);
  return [...others.slice(0, position), filter, ...others.slice(position)];
}

/** The way back makes a new one in its place. */
export function removeFilter(filter: SavedFilter): void {
  const { name, query, grouping, position } = filter;
  const key = uuid();
  const undo = () =>
    void saveFilter({ name, query, grouping, position }, key).catch((error: unknown) =>
      report(error, filter, undo),
    );
  const withdraw = offerUndo(messages.filters.removed(name), undo);
  write(
    (filters) => filters.filter(({ id }) => id !== filter.id),
    () => deleteFilter(filter.id),
  ).catch((error: unknown) => {
    withdraw();
    report(error, filter, () => removeFilter(filter));
  });
}

function report(error: unknown, filter: SavedFilter, retry: () => void): void {
  if (error instanceof SignedOutError) return;
  showError(messages.filters.failed(filter.name), { label: messages.tasks.retry, run: retry });
}

// Asked for when it is needed: this may be here before the texts are.
const complaints = (): Readonly<Record<string, string>> => ({
  unique: messages.filters.taken,
  too_many: messages.filters.tooMany,
});

/** What to say at the field. */
export function complaintOf(error: unknown): string | null {
  if (error instanceof SignedOutError) return null;
  if (!(error instanceof ApiError)) return messages.errors.network;
  const [first] = error.problem.errors ?? [];
  if (!first) return error.problem.status < 500 ? error.message : messages.errors.server;
  return complaints()[first.code] ?? first.detail;
}
