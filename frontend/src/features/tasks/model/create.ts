import { isStatus } from "@/shared/api/errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { whenOnline } from "@/shared/lib/online";
import { uuid } from "@/shared/lib/uuid";
import { createTask } from "../api";
import { type Draft, mergeTasks, readCache, updateCache } from "./cache";

let lastDraftId = 0;

/**
 * Shows the task at once and sends it. When that fails for a reason that may pass,
 * the draft stays in the list with its key, so that a retry can't make two; when
 * the input itself was refused, the draft goes and the caller shows why.
 */
export function addTask(input: TaskChanges & { readonly title: string }): Promise<Task> {
  lastDraftId -= 1;
  const createdAt = new Date().toISOString();
  const draft: Draft = { key: uuid(), id: lastDraftId, input, createdAt, error: null };
  updateCache((cache) => ({ ...cache, drafts: [...cache.drafts, draft] }));
  return sendDraft(draft);
}

export async function retryDraft(id: number): Promise<Task | null> {
  const draft = readCache().drafts.find((other) => other.id === id && other.error !== null);
  if (!draft) return null;
  setError(draft, null);
  return sendDraft(draft);
}

export function discardDraft(id: number): void {
  updateCache((cache) => ({ ...cache, drafts: cache.drafts.filter((other) => other.id !== id) }));
}

async function sendDraft(draft: Draft): Promise<Task> {
  try {
    await whenOnline();
    const task = await createTask(draft.input, draft.key);
    mergeTasks([task]);
    discardDraft(draft.id);
    return task;
  } catch (error) {
    if (isStatus(error, 400, 413, 422)) discardDraft(draft.id);
    else setError(draft, error);
    throw error;
  }
}

function setError({ id }: Draft, error: unknown): void {
  updateCache((cache) => ({
    ...cache,
    drafts: cache.drafts.map((other) => (other.id === id ? { ...other, error } : other)),
  }));
}
