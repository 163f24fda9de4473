import { vi } from "vitest";

type SessionModule = typeof import("@/shared/session/session");
type RealtimeModule = typeof import("@/shared/realtime/socket");
type ClientModule = typeof import("@/shared/api/client");
type Job = () => Promise<unknown>;

export interface Tab {
  readonly session: SessionModule;
  readonly client: ClientModule;
  readonly realtime: RealtimeModule;
}

/**
 * A browser tab: its own copy of every module, so its own memory; the same local
 * storage and broadcast channel as the others.
 */
export async function openTab(): Promise<Tab> {
  vi.resetModules();
  const session = await import("@/shared/session/session");
  const client = await import("@/shared/api/client");
  const realtime = await import("@/shared/realtime/socket");
  return { session, client, realtime };
}

interface LockRequest {
  readonly job: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Web Locks as the standard describes them, for a test environment without any. */
export function installLocks(): void {
  const held = new Map<string, LockRequest>();
  const waiting = new Map<string, LockRequest[]>();
  const queueOf = (name: string) => waiting.get(name) ?? [];

  const grantNext = (name: string) => {
    const [next, ...others] = queueOf(name);
    if (held.has(name) || !next) return;
    waiting.set(name, others);
    held.set(name, next);
    const run = Promise.resolve().then(next.job);
    run.then(next.resolve, next.reject).then(() => {
      if (held.get(name) === next) held.delete(name);
      grantNext(name);
    });
  };

  const request = (name: string, ...[first, second]: [LockOptions | Job, Job?]) =>
    new Promise((resolve, reject) => {
      const { signal, steal } = typeof first === "function" ? {} : first;
      const own = { job: (second ?? first) as Job, resolve, reject };
      if (signal?.aborted) return reject(signal.reason);
      if (steal) {
        held.get(name)?.reject(new DOMException("Stolen.", "AbortError"));
        held.delete(name);
      }
      waiting.set(name, steal ? [own, ...queueOf(name)] : [...queueOf(name), own]);
      signal?.addEventListener("abort", () => {
        if (!queueOf(name).includes(own)) return;
        waiting.set(
          name,
          queueOf(name).filter((one) => one !== own),
        );
        reject(signal.reason);
      });
      grantNext(name);
    });
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
}

export function removeLocks(): void {
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
}
