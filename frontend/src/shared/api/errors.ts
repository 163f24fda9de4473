import { AxiosError } from "axios";

export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** RFC 9457 problem details, as the API sends them on every path. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string | undefined;
  readonly request_id?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  /** On 412: the resource as it is now. */
  readonly current?: unknown;
}

export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** The server was not reached: offline, refused, timed out. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** The person who asked is not signed in any more; the answer is nobody's. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
}

export function isStatus(error: unknown, ...statuses: number[]): error is ApiError {
  return error instanceof ApiError && statuses.includes(error.problem.status);
}

export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.problem.code === code;
}

/** Whether asking again, unchanged, may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.problem.status >= 500 || error.problem.status === 429);
}

/** Whether the server will not have it, however often it is asked. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && !isTransient(error);
}

export function toAppError(error: unknown): unknown {
  if (!(error instanceof AxiosError)) return error;
  if (!error.response) return new NetworkError(error.message);
  return new ApiError(readProblem(error.response.status, error.response.data));
}

function readProblem(status: number, body: unknown): Problem {
  if (isRecord(body) && typeof body.code === "string" && typeof body.title === "string") {
    return { ...(body as unknown as Problem), status };
  }
  // A proxy in between answers in HTML; its text is not for people.
  return { title: `HTTP ${status}`, status, code: "unknown" };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
