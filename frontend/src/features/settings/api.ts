import { call, get, patch, post, postForSession, remove } from "@/shared/api/client";
import type {
  ApiToken,
  ApiTokenFields,
  AppNotification,
  NewApiToken,
  Page,
  Preferences,
  Session,
  User,
} from "@/shared/api/types";
import { renewSession } from "@/shared/session/session";

import type { ImportTask } from "./model/import-file";

export type ProfileChanges = Partial<
  Pick<User, "first_name" | "last_name" | "time_zone" | "language" | "email">
> & { readonly password?: string };

/** Afterwards every tab knows, and the server counts days in the person's new zone. */
export async function updateProfile(changes: ProfileChanges): Promise<void> {
  await patch<User>("/api/auth/me/", changes);
  await renewSession();
}

export interface PasswordChange {
  readonly password: string;
  readonly new_password: string;
}

export function changePassword(change: PasswordChange): Promise<void> {
  return postForSession("/api/auth/password/", change);
}

/** As many as one page can have; nobody is signed in at more places. */
const SESSIONS = 100;

export async function listSessions(): Promise<readonly Session[]> {
  return (await get<Page<Session>>("/api/auth/sessions/", { limit: SESSIONS })).results;
}

export function endOneSession(id: number): Promise<void> {
  return remove(`/api/auth/sessions/${id}/`);
}

export function endOtherSessions(): Promise<void> {
  return remove("/api/auth/sessions/");
}

/** As many as one person may have, so one page has them all. */
const TOKENS = 50;

export async function listTokens(): Promise<readonly ApiToken[]> {
  return (await get<Page<ApiToken>>("/api/auth/tokens/", { limit: TOKENS })).results;
}

export function createToken(fields: ApiTokenFields, key: string): Promise<NewApiToken> {
  return post<NewApiToken>("/api/auth/tokens/", fields, key);
}

export function revokeToken(id: number): Promise<void> {
  return remove(`/api/auth/tokens/${id}/`);
}

export interface PreferenceChanges {
  readonly kinds?: {
    readonly [K in keyof Preferences["kinds"]]?: Partial<Preferences["kinds"][K]>;
  };
  readonly digest_hour?: number | null;
}

export function getPreferences(): Promise<Preferences> {
  return get<Preferences>("/api/notifications/preferences/");
}

export function changePreferences(changes: PreferenceChanges): Promise<Preferences> {
  return patch<Preferences>("/api/notifications/preferences/", changes);
}

export function sendTest(): Promise<AppNotification> {
  return post<AppNotification>("/api/notifications/test/", {});
}

export function getNotification(id: number): Promise<AppNotification> {
  return get<AppNotification>(`/api/notifications/${id}/`);
}

export async function deleteAccount(password: string): Promise<void> {
  await call({ method: "DELETE", url: "/api/auth/me/", data: { password } });
}

/** Longer than any answer should take, and still an end: a hundred rows are written at once. */
const IMPORT_TIMEOUT_MS = 60_000;

export async function importTasks(tasks: readonly ImportTask[], key: string): Promise<void> {
  await call({
    method: "POST",
    url: "/api/tasks/import/",
    data: { tasks },
    headers: { "Idempotency-Key": key },
    timeout: IMPORT_TIMEOUT_MS,
  });
}

/** The document as text. Each task ends a line, and a header says how many there will be. */
export async function downloadExport(
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const answer = await call<string>({
    method: "GET",
    url: "/api/auth/me/export/",
    signal,
    // It takes as long as it takes; `signal` is how a person ends it.
    timeout: 0,
    responseType: "text",
    transformResponse: (text: string) => text,
    onDownloadProgress: ({ event }) => {
      const request = (event as ProgressEvent | undefined)?.target;
      if (request instanceof XMLHttpRequest) onProgress(...progressOf(request));
    },
  });
  const total = Number(answer.headers["x-task-count"] ?? 0);
  onProgress(total, total);
  return answer.data;
}

function progressOf(request: XMLHttpRequest): [number, number] {
  const total = Number(request.getResponseHeader("X-Task-Count") ?? 0);
  const lines = request.responseText.split("\n").length - 1;
  return [Math.min(lines, total), total];
}
