import { vi } from "vitest";

type SessionModule = typeof import("@/shared/session/session");
type ClientModule = typeof import("@/shared/api/client");

export interface Tab {
  readonly session: SessionModule;
  readonly client: ClientModule;
}

/**
 * A browser tab: its own copy of every module, so its own memory; the same local
 * storage and broadcast channel as the others.
 */
export async function openTab(): Promise<Tab> {
  vi.resetModules();
  const session = await import("@/shared/session/session");
  const client = await import("@/shared/api/client");
  return { session, client };
}

/** Web Locks as the standard describes them, for a test environment without any. */
export function installLocks(): void {
  const tails = new Map<string, Promise<unknown>>();
  const request = <T>(name: string, job: () => Promise<T>): Promise<T> => {
    const run = (tails.get(name) ?? Promise.resolve()).then(job, job);
    tails.set(
      name,
      run.catch(() => undefined),
    );
    return run;
  };
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
}

export function removeLocks(): void {
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
}
