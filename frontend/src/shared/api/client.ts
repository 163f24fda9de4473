import { AxiosError, type AxiosRequestConfig, type AxiosResponse } from "axios";
import {
  currentAccess,
  endSession,
  isAccessSpent,
  isRefused,
  refreshAccess,
  replaceSession,
  sessionGeneration,
  sessionStore,
  whenActive,
} from "@/shared/session/session";
import { hasCode, SignedOutError, toAppError } from "./errors";
import { createHttp } from "./http";

const http = createHttp();

export interface Answer<T> {
  readonly data: T;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Sends one request as the signed-in person. Throws ApiError, NetworkError or
 * SignedOutError. Waits while the session is over and its person signs in again,
 * then sends once more, so that nothing typed is lost.
 */
export async function call<T>(config: AxiosRequestConfig): Promise<Answer<T>> {
  const generation = sessionGeneration();
  const token = await freshToken();
  try {
    return await send<T>(config, token, generation);
  } catch (error) {
    const next = await tokenAfter(error, token);
    return send<T>(config, next, generation);
  }
}

async function freshToken(): Promise<string> {
  await whenActive();
  const token = currentAccess();
  if (token && !isAccessSpent()) return token;
  return renew(token);
}

/** The token for the second and last try, or the error again where there is none. */
async function tokenAfter(error: unknown, used: string): Promise<string> {
  if (hasCode(error, "token_expired")) return renew(used);
  if (!isRefused(error)) throw error;
  endSession(used);
  return freshToken();
}

async function renew(stale: string | null): Promise<string> {
  try {
    return await refreshAccess(stale);
  } catch (error) {
    if (!(error instanceof SignedOutError)) throw error;
    if (sessionStore.get().status === "anonymous") throw error;
    endSession(stale);
    return freshToken();
  }
}

async function send<T>(
  config: AxiosRequestConfig,
  token: string,
  generation: number,
): Promise<Answer<T>> {
  refuseStale(generation);
  const headers = { ...config.headers, Authorization: `Bearer ${token}` };
  const answer = await http.request<T>({ ...config, headers }).catch(rethrow(generation));
  refuseStale(generation);
  return { data: answer.data, headers: answer.headers as Record<string, unknown> };
}

/** What the last user asked for must not go out as the next, nor its answer reach a cache. */
function refuseStale(generation: number): void {
  if (generation !== sessionGeneration()) throw new SignedOutError();
}

function rethrow(generation: number) {
  return (error: unknown): AxiosResponse => {
    refuseStale(generation);
    throw error instanceof AxiosError ? toAppError(error) : error;
  };
}

export async function get<T>(url: string, params?: object, signal?: AbortSignal): Promise<T> {
  const config = { method: "GET", url, ...(params && { params }), ...(signal && { signal }) };
  return (await call<T>(config)).data;
}

export async function post<T>(url: string, data: object, idempotencyKey?: string): Promise<T> {
  const headers = idempotencyKey ? { "Idempotency-Key": idempotencyKey } : {};
  return (await call<T>({ method: "POST", url, data, headers })).data;
}

export async function patch<T>(url: string, data: object, version?: number): Promise<T> {
  return (await call<T>({ method: "PATCH", url, data, headers: ifMatch(version) })).data;
}

export async function remove(url: string, version?: number): Promise<void> {
  await call<unknown>({ method: "DELETE", url, headers: ifMatch(version) });
}

/** A POST that ends this session and answers with another: every tab goes on with that one. */
export async function postForSession(url: string, data: object): Promise<void> {
  const token = await freshToken();
  try {
    await replaceSession(url, data, token);
  } catch (error) {
    await replaceSession(url, data, await tokenAfter(error, token));
  }
}

/** The server's ETag of a resource is its version in quotes. */
function ifMatch(version: number | undefined): Record<string, string> {
  return version === undefined ? {} : { "If-Match": `"${version}"` };
}
