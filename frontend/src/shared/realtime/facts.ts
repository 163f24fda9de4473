export interface TaskFact {
  readonly type: "task";
  readonly verb: "created" | "updated" | "reverted" | "trashed" | "restored" | "purged";
  readonly id: number;
  readonly version: number;
}

export interface NotificationFact {
  readonly type: "notification";
  readonly id: number;
  readonly unread: number;
}

export interface ReadyFact {
  readonly type: "ready";
  readonly cursor: string;
}

export interface SessionEndedFact {
  readonly type: "session_ended";
}

export type Fact = TaskFact | NotificationFact | ReadyFact | SessionEndedFact;

const TYPES: ReadonlySet<unknown> = new Set(["task", "notification", "ready", "session_ended"]);

/** A frame as a fact, or null for what a newer server may say beyond what is known here. */
export function parseFact(frame: unknown): Fact | null {
  if (typeof frame !== "string") return null;
  try {
    const value = JSON.parse(frame) as { type?: unknown };
    return TYPES.has(value.type) ? (value as Fact) : null;
  } catch {
    return null;
  }
}
