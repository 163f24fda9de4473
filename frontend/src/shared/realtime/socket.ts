import { post } from "@/shared/api/client";
import { SignedOutError } from "@/shared/api/errors";
import { createStore } from "@/shared/lib/store";
import { currentAccess, followSessionEnd, sessionStore } from "@/shared/session/session";
import { sessionOf } from "@/shared/session/token";
import { backoffMs } from "./backoff";
import { type Fact, parseFact } from "./facts";

type FactListener<K extends Fact["type"]> = (fact: Extract<Fact, { type: K }>) => void;

/** True from `ready` until the socket closes. */
export const connectedStore = createStore(false);

const listeners = new Map<Fact["type"], Set<(fact: never) => void>>();
let socket: WebSocket | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
let isWanted = false;

export function onFact<K extends Fact["type"]>(type: K, listener: FactListener<K>): () => void {
  const set = listeners.get(type) ?? new Set();
  listeners.set(type, set.add(listener));
  return () => set.delete(listener);
}

/** Keeps a socket open until the returned function is called. */
export function startRealtime(): () => void {
  isWanted = true;
  failures = 0;
  void connect();
  window.addEventListener("online", reconnectNow);
  document.addEventListener("visibilitychange", reconnectNow);
  return stop;
}

function stop(): void {
  isWanted = false;
  clearTimeout(timer);
  window.removeEventListener("online", reconnectNow);
  document.removeEventListener("visibilitychange", reconnectNow);
  socket?.close();
  socket = null;
  connectedStore.set(false);
}

function reconnectNow(): void {
  if (socket || !isWanted || document.visibilityState === "hidden") return;
  clearTimeout(timer);
  void connect();
}

async function connect(): Promise<void> {
  try {
    const { ticket } = await post<{ ticket: string }>("/api/realtime/ticket/", {});
    if (isWanted && !socket) open(ticket);
  } catch (error) {
    if (!(error instanceof SignedOutError)) retryLater();
  }
}

function open(ticket: string): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const opened = new WebSocket(`${scheme}://${location.host}/ws/`);
  const session = sessionOf(currentAccess());
  socket = opened;
  opened.onopen = () => opened.send(JSON.stringify({ type: "auth", ticket }));
  opened.onmessage = (event) => receive(parseFact(event.data), session);
  opened.onclose = () => onClose(opened);
}

function onClose(closed: WebSocket): void {
  if (socket !== closed) return;
  socket = null;
  connectedStore.set(false);
  retryLater();
}

function retryLater(): void {
  if (!isWanted || sessionStore.get().status === "anonymous") return;
  clearTimeout(timer);
  timer = setTimeout(() => void connect(), backoffMs(failures));
  failures += 1;
}

function receive(fact: Fact | null, session: string | null): void {
  if (!fact) return;
  if (fact.type === "ready") {
    failures = 0;
    connectedStore.set(true);
  }
  if (fact.type === "session_ended") void followSessionEnd(session);
  for (const listener of listeners.get(fact.type) ?? []) (listener as (fact: Fact) => void)(fact);
}
