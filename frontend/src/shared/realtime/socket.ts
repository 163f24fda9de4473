import { createStore } from "@/shared/lib/store";
import { followSessionEnd, sessionStore } from "@/shared/session/session";
import { Connection, type Origin } from "./connection";
import type { Fact } from "./facts";
import { type Candidate, standForLeader } from "./leader";

type FactListener<K extends Fact["type"]> = (fact: Extract<Fact, { type: K }>) => void;

/** What the one tab that has the socket tells the others; null: it has lost it. */
interface News {
  readonly fact: Fact | null;
  readonly origin: Origin;
}

const NAME = "tm.socket";
const ASK = "ask";
const LOST: News = { fact: null, origin: { userId: null, session: null } };
/** How often the tab that is looked at makes sure that another one still listens for it. */
const ASK_EVERY_MS = 30_000;
const PATIENCE_MS = 5_000;

/** True from `ready` until the socket closes, whichever tab has it. */
export const connectedStore = createStore(false);

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);
const listeners = new Map<Fact["type"], Set<(fact: never) => void>>();
/** This tab's socket, where it is the one that has it. */
let connection: Connection | null = null;
/** Whether that one is connected, for tabs that ask. */
let standing = LOST;
let candidate: Candidate | null = null;
let patience: ReturnType<typeof setTimeout> | undefined;

export function onFact<K extends Fact["type"]>(type: K, listener: FactListener<K>): () => void {
  const set = listeners.get(type) ?? new Set();
  listeners.set(type, set.add(listener));
  return () => set.delete(listener);
}

/** Hears of changes until the returned function is called, by one socket for all tabs. */
export function startRealtime(): () => void {
  if (!channel || !navigator.locks) return lead();
  const life = new AbortController();
  channel.addEventListener("message", onMessage, { signal: life.signal });
  document.addEventListener("visibilitychange", askIfVisible, { signal: life.signal });
  const timer = setInterval(askIfVisible, ASK_EVERY_MS);
  candidate = standForLeader(NAME, lead);
  ask();
  return () => {
    life.abort();
    clearInterval(timer);
    clearTimeout(patience);
    candidate?.leave();
    connectedStore.set(false);
  };
}

function lead(): () => void {
  clearTimeout(patience);
  // Whoever led before may have had no time to say that its socket is closed.
  tell(LOST);
  const own = new Connection((fact, origin) => tell({ fact, origin }));
  connection = own;
  return () => {
    own.close();
    connection = null;
    connectedStore.set(false);
  };
}

function tell(news: News): void {
  if (news.fact === null || news.fact.type === "ready") standing = news;
  channel?.postMessage(news);
  take(news);
}

function askIfVisible(): void {
  if (document.visibilityState === "visible") ask();
}

/** The tab that has the socket may be asleep, and so hold its lock without a word. */
function ask(): void {
  if (connection) return;
  channel?.postMessage(ASK);
  clearTimeout(patience);
  patience = setTimeout(takeOver, PATIENCE_MS);
}

function takeOver(): void {
  if (document.visibilityState === "visible") candidate?.takeOver();
}

function onMessage({ data }: MessageEvent<News | typeof ASK>): void {
  if (connection) {
    // Of two sockets, which there may be for a moment, each tab that has one believes its own.
    if (data === ASK) answer(connection);
  } else if (data !== ASK) {
    clearTimeout(patience);
    take(data);
  }
}

function answer(own: Connection): void {
  channel?.postMessage(standing);
  // Timers are slow in the background, and somebody is looking at the tab that asks.
  own.reconnectNow();
}

function take({ fact, origin }: News): void {
  if (fact === null) connectedStore.set(false);
  else if (origin.userId === sessionStore.get().user?.id) takeFact(fact, origin);
}

function takeFact(fact: Fact, origin: Origin): void {
  if (fact.type === "ready") {
    // The answer to what another tab asked: nothing was missed here.
    if (connectedStore.get()) return;
    connectedStore.set(true);
  }
  if (fact.type === "session_ended") void followSessionEnd(origin.session);
  for (const listener of listeners.get(fact.type) ?? []) (listener as (fact: Fact) => void)(fact);
}
