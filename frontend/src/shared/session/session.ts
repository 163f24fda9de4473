import {
  hasCode,
  isStatus,
  isTransient,
  NetworkError,
  SignedOutError,
  toAppError,
} from "@/shared/api/errors";
import { createHttp } from "@/shared/api/http";
import type { TokenAnswer, User } from "@/shared/api/types";
import type { Language } from "@/shared/i18n/locale";
import { createStore } from "@/shared/lib/store";
import { broadcast, listenToTabs, type TabMessage } from "./channel";
import {
  isEpochKey,
  isLeaving,
  lastRefreshAt,
  maySessionExist,
  noteEpoch,
  noteRefresh,
  raiseEpoch,
  readEpoch,
  rememberLeaving,
  rememberSession,
} from "./storage";
import { sessionOf, spentAt } from "./token";

/**
 * unknown: not asked yet. anonymous: nobody is signed in. active: somebody is.
 * ended: the server ended the session while pages are open; they stay, so that
 * no typed text is lost, until the same person signs in again or leaves.
 */
export type SessionStatus = "unknown" | "anonymous" | "active" | "ended";

export interface SessionState {
  readonly status: SessionStatus;
  readonly user: User | null;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Registration extends Credentials {
  readonly email: string;
  readonly time_zone: string;
  readonly language: Language;
}

const LOCK = "tm.session";
/** How long to wait for a winner's broadcast that may still be on its way. */
const BROADCAST_GRACE_MS = 300;
/** How long a start waits for the server before it shows what this browser kept. */
const BOOT_PATIENCE_MS = 4_000;

const http = createHttp();
http.defaults.headers.common["X-Auth-Mode"] = "cookie";

export const sessionStore = createStore<SessionState>({ status: "unknown", user: null });

// The access token lives here and nowhere else: no storage that a script or an
// extension could read later, nothing on disk.
let access: string | null = null;
let accessSpentAt = 0;
let epoch = readEpoch();
let refreshing: Promise<string> | null = null;
/** Changes whenever cached data stops belonging to who is looking. */
let generation = 0;
const forgetListeners = new Set<() => void>();

export function currentAccess(): string | null {
  return access;
}

export function isAccessSpent(): boolean {
  return access !== null && Date.now() >= accessSpentAt;
}

export function sessionGeneration(): number {
  return generation;
}

/** Calls back when everything known about the last user must go. */
export function onForget(listener: () => void): () => void {
  forgetListeners.add(listener);
  return () => forgetListeners.delete(listener);
}

let booting: Promise<void> | null = null;

/**
 * Finds out once whether somebody is signed in. Where the server can't be reached,
 * whoever this browser remembers goes on with what it kept; throws where there is nobody.
 */
export function bootSession(): Promise<void> {
  if (sessionStore.get().status !== "unknown") return Promise.resolve();
  booting ??= findSession().finally(() => {
    booting = null;
  });
  return booting;
}

async function findSession(): Promise<void> {
  if (isLeaving()) void tellServerGoodbye(null);
  if (!maySessionExist()) return becomeAnonymous();
  const asking = refreshAccess(null);
  try {
    await Promise.race([asking, tooLate()]);
  } catch (error) {
    if (error instanceof SignedOutError) return refuse();
    if (await enterFromMemory()) void asking.catch(endIfRefused);
    else await asking;
  }
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new NetworkError("The server takes its time.")), BOOT_PATIENCE_MS);
  });
}

/** The cookie was refused: nobody is signed in, and no row of theirs stays behind. */
function refuse(): void {
  rememberSession(false);
  becomeAnonymous();
  void import("@/shared/persistence/database").then((db) => db.dropCopy()).catch(() => undefined);
}

/** Without a token: the first request that reaches the server gets one, or ends the session. */
async function enterFromMemory(): Promise<boolean> {
  const database = await import("@/shared/persistence/database").catch(() => null);
  const user = await database?.rememberedUser().catch(() => null);
  if (user && sessionStore.get().status === "unknown") sessionStore.set({ status: "active", user });
  return sessionStore.get().status !== "unknown";
}

function endIfRefused(error: unknown): void {
  if (error instanceof SignedOutError) endSession(null);
}

export async function signIn(credentials: Credentials): Promise<void> {
  await authenticate("/api/auth/token/", credentials);
}

export async function register(input: Registration): Promise<void> {
  await authenticate("/api/auth/register/", input);
}

/** A token that knows what has just changed about its person: the zone their days begin in, say. */
export async function renewSession(): Promise<void> {
  // One that is on its way may have been asked for before the change.
  await refreshing?.catch(() => undefined);
  await refreshAccess(access);
}

/** A call that ends this session and answers with another in its place. */
export async function replaceSession(url: string, body: object, token: string): Promise<void> {
  // Under the lock, so that nobody takes the old session's end for the end of this one.
  await withLock(async () => {
    const answer = await post(url, body, token);
    noteRefresh();
    publish(answer);
  });
}

/** The socket of a session heard that it is over, which may not be the one there is now. */
export async function followSessionEnd(ended: string | null): Promise<void> {
  const token = access;
  const since = Date.now();
  await withLock(async () => {
    if (lastRefreshAt() >= since) await winnersToken(token);
  });
  if (access && sessionOf(access) === ended) endSession(access);
}

/** Leaves at once here and in every tab; telling the server comes after. */
export async function signOut(): Promise<void> {
  const token = access;
  rememberLeaving(true);
  broadcast({ type: "signed_out", epoch: raiseEpoch() });
  forget();
  await tellServerGoodbye(token);
}

async function tellServerGoodbye(token: string | null): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const tell = async () => {
    // Somebody may have signed in while we waited for our turn; the cookie is theirs then.
    if (isLeaving()) await http.post("/api/auth/logout/", {}, { headers });
    rememberLeaving(false);
  };
  try {
    // Under the lock, so that the cookie sent is the newest one.
    await withLock(tell);
  } catch (error) {
    // Refused means there is nothing left to end; unreached is tried at the next start.
    if (!isTransient(toAppError(error))) rememberLeaving(false);
  }
}

/** The server says this session is over. A newer token than the refused one stays. */
export function endSession(refused: string | null): void {
  if (refused !== access || sessionStore.get().status !== "active") return;
  access = null;
  rememberSession(false);
  sessionStore.set({ ...sessionStore.get(), status: "ended" });
}

/** Resolves when someone is signed in; rejects when nobody will be. */
export function whenActive(): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { status } = sessionStore.get();
      if (status === "active") resolve();
      else if (status === "anonymous") reject(new SignedOutError());
      else return;
      unsubscribe();
    };
    const unsubscribe = sessionStore.subscribe(check);
    check();
  });
}

/**
 * A token other than `stale`. One call at a time in this tab, one at a time in
 * this browser; whoever waited takes the winner's token instead of its own turn.
 */
export function refreshAccess(stale: string | null): Promise<string> {
  if (access && access !== stale) return Promise.resolve(access);
  refreshing ??= refreshUnderLock(stale).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refreshUnderLock(stale: string | null): Promise<string> {
  const since = Date.now();
  const asked = readEpoch();
  return withLock(async () => {
    if (lastRefreshAt() >= since) await winnersToken(stale);
    if (access && access !== stale) return access;
    return askForToken(asked);
  });
}

/** Somebody who logged out since it was `asked` for must not be revived by it. */
async function askForToken(asked: number): Promise<string> {
  const refuseLate = () => {
    if (readEpoch() !== asked) throw new SignedOutError();
  };
  refuseLate();
  const answer = await post("/api/auth/token/refresh/", {}).catch((error: unknown) => {
    if (isStatus(error, 401)) throw new SignedOutError();
    throw error;
  });
  refuseLate();
  noteRefresh();
  publish(answer);
  return answer.access;
}

function winnersToken(stale: string | null): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const check = () => (access && access !== stale ? done() : undefined);
    const timer = setTimeout(done, BROADCAST_GRACE_MS);
    const unsubscribe = sessionStore.subscribe(check);
    check();
  });
}

async function authenticate(url: string, body: Credentials | Registration): Promise<void> {
  const answer = await withLock(() => post(url, body));
  publish(answer);
}

async function post(url: string, body: object, token?: string): Promise<TokenAnswer> {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  try {
    return (await http.post<TokenAnswer>(url, body, { headers })).data;
  } catch (error) {
    throw toAppError(error);
  }
}

function publish(answer: TokenAnswer): void {
  adopt(answer);
  broadcast({ type: "token", epoch: readEpoch(), answer });
}

function adopt(answer: TokenAnswer): void {
  const last = sessionStore.get().user;
  if (last && last.id !== answer.user.id) dropCaches();
  access = answer.access;
  accessSpentAt = spentAt(answer.access, Date.now());
  epoch = readEpoch();
  rememberSession(true);
  rememberLeaving(false);
  sessionStore.set({ status: "active", user: answer.user });
}

function forget(): void {
  epoch = readEpoch();
  rememberSession(false);
  becomeAnonymous();
  dropCaches();
}

function becomeAnonymous(): void {
  access = null;
  sessionStore.set({ status: "anonymous", user: null });
}

function dropCaches(): void {
  generation += 1;
  for (const listener of forgetListeners) listener();
}

async function withLock<T>(job: () => Promise<T>): Promise<T> {
  // Web Locks need a secure context. Without them the server's ten seconds of
  // grace for the previous refresh token still keep every tab signed in.
  if (!navigator.locks) return job();
  let isOurs = false;
  const run = () => {
    isOurs = true;
    return job();
  };
  return await navigator.locks.request(LOCK, run).catch((error: unknown) => {
    if (isOurs) throw error;
    // Some browsers refuse them along with the storage.
    return job();
  });
}

function onTabMessage(message: TabMessage): void {
  if (message.type === "signed_out") followSignOut(message.epoch);
  else if (message.epoch === readEpoch()) adopt(message.answer);
}

function followSignOut(raised: number): void {
  noteEpoch(raised);
  if (raised <= epoch || sessionStore.get().status === "anonymous") return;
  forget();
}

listenToTabs(onTabMessage);
// The second way in, for a tab that was asleep when the broadcast went out.
window.addEventListener("storage", (event) => {
  if (isEpochKey(event.key)) followSignOut(readEpoch());
});

export function isRefused(error: unknown): boolean {
  return isStatus(error, 401) && !hasCode(error, "token_expired");
}
