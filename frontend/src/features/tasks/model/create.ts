import { isStatus } from "@/shared/api/errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { uuid } from "@/shared/lib/uuid";
import { sessionGeneration } from "@/shared/session/session";
import { createTask } from "../api";
import { type Draft, mergeTasks, now, readCache, updateCache } from "./cache";
import { deliver } from "./queue";

/** Less than the server remembers an Idempotency-Key for, by what clocks and networks take. */
const KEY_LIFE_MS = 23 * 3_600_000;

/** It may have been made a day ago without our hearing of it: only its person can tell. */
export class UncertainError extends Error {}

let lastDraftId = 0;
/** In the order they were typed, which the list then shows them in. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Shows the task at once and sends it, with a key, so that sending it again can't
 * make two. When the server fails, the draft stays in the list; when the input
 * itself was refused, the draft goes and the caller shows why.
 */
export function addTask(input: TaskChanges & { readonly title: string }): Promise<Task> {
  const createdAt = new Date().toISOString();
  return sendDraft(makeDraft({ key: uuid(), at: now(), input, createdAt }), { isKept: false });
}

/** Goes on with what a reload or another tab left unsent. A refused one stays in the list. */
export function resumeDraft(draft: Omit<Draft, "id" | "error">): Promise<Task> {
  return sendDraft(makeDraft(draft), { isKept: true, isPatient: true });
}

export function makeDraft(parts: Omit<Draft, "id" | "error">): Draft {
  lastDraftId -= 1;
  const draft: Draft = { ...parts, id: lastDraftId, error: null };
  updateCache((cache) => ({ ...cache, drafts: [...cache.drafts, draft] }));
  return draft;
}

export async function retryDraft(id: number): Promise<Task | null> {
  const draft = readCache().drafts.find((other) => other.id === id && other.error !== null);
  if (!draft) return null;
  const isRenamed = draft.error instanceof UncertainError;
  const fresh = { error: null, ...(isRenamed && { key: uuid(), triedAt: undefined }) };
  changeDraft(id, fresh);
  return sendDraft({ ...draft, ...fresh }, { isKept: true });
}

export function discardDraft(id: number): void {
  updateCache((cache) => ({ ...cache, drafts: cache.drafts.filter((other) => other.id !== id) }));
}

interface Sending {
  /** A refused one stays in the list, where nobody else could show why. */
  readonly isKept: boolean;
  readonly isPatient?: boolean;
}

function sendDraft(draft: Draft, { isKept, isPatient = false }: Sending): Promise<Task> {
  const delivery = { at: draft.at, generation: sessionGeneration(), isPatient };
  const send = () => deliver(() => attempt(draft), delivery);
  const made = turn.then(send).then(
    (task) => {
      mergeTasks([task]);
      discardDraft(draft.id);
      return task;
    },
    (error: unknown) => {
      if (!isKept && isStatus(error, 400, 413, 422)) discardDraft(draft.id);
      else changeDraft(draft.id, { error });
      throw error;
    },
  );
  turn = made.catch(() => undefined);
  return made;
}

async function attempt({ id, input, key, triedAt }: Draft): Promise<Task> {
  const since = readCache().drafts.find((draft) => draft.id === id)?.triedAt ?? triedAt;
  if (since === undefined) changeDraft(id, { triedAt: Date.now() });
  else if (Date.now() - since > KEY_LIFE_MS) throw new UncertainError();
  return createTask(input, key);
}

function changeDraft(id: number, parts: Partial<Draft>): void {
  updateCache((cache) => ({
    ...cache,
    drafts: cache.drafts.map((draft) => (draft.id === id ? { ...draft, ...parts } : draft)),
  }));
}
