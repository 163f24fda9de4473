import type { Task } from "@/shared/api/types";
import { createStore } from "@/shared/lib/store";
import { onForget } from "@/shared/session/session";
import type { PendingEdit } from "./cache";

/** A change from before, which the server refused when nobody waited for the answer. */
export interface RefusedEdit {
  readonly edit: PendingEdit;
  /** As it was last known; null when it is gone. */
  readonly task: Task | null;
  readonly error: unknown;
}

/** Shown until somebody decides; kept on disk until then. */
export const refusedStore = createStore<readonly RefusedEdit[]>([]);

onForget(() => refusedStore.set([]));

export function addRefused(refused: RefusedEdit): void {
  dropRefused(refused.edit.key);
  refusedStore.set([...refusedStore.get(), refused]);
}

export function dropRefused(key: string): void {
  refusedStore.set(refusedStore.get().filter(({ edit }) => edit.key !== key));
}
