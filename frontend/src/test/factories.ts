import type { Task, TokenAnswer, User } from "@/shared/api/types";

let lastId = 0;

export function makeTask(parts: Partial<Task> = {}): Task {
  lastId += 1;
  const created_at = new Date(Date.UTC(2026, 0, 1, 0, 0, lastId)).toISOString();
  return {
    id: lastId,
    title: `Task ${lastId}`,
    description: "",
    priority: "medium",
    status: "pending",
    due_date: null,
    due_time: null,
    labels: [],
    completed_at: null,
    version: 1,
    created_at,
    updated_at: created_at,
    user: 1,
    ...parts,
  };
}

export function makeUser(parts: Partial<User> = {}): User {
  return {
    id: 1,
    username: "ada",
    email: "ada@example.org",
    first_name: "",
    last_name: "",
    time_zone: "UTC",
    language: "en",
    role: "member",
    date_joined: "2026-01-01T00:00:00Z",
    ...parts,
  };
}

export function makeAnswer(access: string, user: Partial<User> = {}): TokenAnswer {
  return { access, user: makeUser(user) };
}

/** An access token with this lifetime; nobody here checks its signature. */
export function makeJwt(lifetimeSeconds: number, name = "t", sid?: number): string {
  const iat = 1_800_000_000;
  const claims = btoa(JSON.stringify({ iat, exp: iat + lifetimeSeconds, name, sid }));
  return `e30.${claims.replaceAll("=", "")}.c2ln`;
}
