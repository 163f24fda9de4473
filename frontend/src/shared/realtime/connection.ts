import { post } from "@/shared/api/client";
import { currentAccess, sessionStore } from "@/shared/session/session";
import { sessionOf } from "@/shared/session/token";
import { backoffMs } from "./backoff";
import { type Fact, parseFact } from "./facts";

/** Whom a fact is for, and the session it was heard in. */
export interface Origin {
  readonly userId: number | null;
  readonly session: string | null;
}

/** A fact, or null for the end of the socket that told them. */
type Hear = (fact: Fact | null, origin: Origin) => void;

/** A WebSocket that is opened again whenever it closes. */
export class Connection {
  private readonly hear: Hear;
  private readonly life = new AbortController();
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private isAsking = false;

  constructor(hear: Hear) {
    this.hear = hear;
    const { signal } = this.life;
    const onVisible = () => document.visibilityState === "visible" && this.reconnectNow();
    window.addEventListener("online", () => this.reconnectNow(), { signal });
    document.addEventListener("visibilitychange", onVisible, { signal });
    void this.connect();
  }

  /** Waits no longer, where it waits. */
  reconnectNow(): void {
    if (!this.socket && !this.isAsking) void this.connect();
  }

  close(): void {
    this.life.abort();
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    this.isAsking = true;
    try {
      const { ticket } = await post<{ ticket: string }>("/api/realtime/ticket/", {});
      if (!this.life.signal.aborted) this.open(ticket);
    } catch {
      this.retryLater();
    } finally {
      this.isAsking = false;
    }
  }

  private open(ticket: string): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const opened = new WebSocket(`${scheme}://${location.host}/ws/`);
    const userId = sessionStore.get().user?.id ?? null;
    const origin = { userId, session: sessionOf(currentAccess()) };
    this.socket = opened;
    opened.onopen = () => opened.send(JSON.stringify({ type: "auth", ticket }));
    opened.onmessage = ({ data }) => this.receive(parseFact(data), origin);
    opened.onclose = () => this.onClose(origin);
  }

  private receive(fact: Fact | null, origin: Origin): void {
    if (!fact || this.life.signal.aborted) return;
    if (fact.type === "ready") this.failures = 0;
    this.hear(fact, origin);
  }

  private onClose(origin: Origin): void {
    this.socket = null;
    if (this.life.signal.aborted) return;
    this.hear(null, origin);
    this.retryLater();
  }

  private retryLater(): void {
    if (this.life.signal.aborted || sessionStore.get().status === "anonymous") return;
    this.timer = setTimeout(() => void this.connect(), backoffMs(this.failures));
    this.failures += 1;
  }
}
