import type { components } from "./schema";

type Schemas = components["schemas"];
/** What the API answers: every field is there, and nobody changes an answer in place. */
type Answered<T> = { readonly [K in keyof T]-?: Immutable<Exclude<T[K], undefined>> };
type Immutable<T> = T extends readonly (infer Item)[] ? readonly Item[] : T;

export type TaskStatus = Schemas["TaskStatus"];
export type TaskPriority = Schemas["TaskPriority"];
export type Task = Answered<Schemas["Task"]>;
export type TrashedTask = Answered<Schemas["TrashedTask"]>;
export type TaskChangesPage = Answered<Omit<Schemas["Changes"], "results">> & {
  readonly results: readonly Task[];
};
export type HistoryEntry = Answered<Omit<Schemas["HistoryEntry"], "changes">> & {
  /** By field: what it was and what it became. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown] | undefined>>;
};
export type User = Answered<Schemas["User"]>;
export type Progress = Answered<Schemas["Progress"]>;
export type ApiToken = Answered<Schemas["ApiToken"]>;
export type NewApiToken = Answered<Schemas["NewApiToken"]>;
export type ApiTokenFields = Pick<ApiToken, "name" | "scope" | "expires_at">;
export type Preferences = Answered<Schemas["Preferences"]>;
export type Channel = Schemas["Channel"];
export type Person = Answered<Schemas["Person"]>;
export type Role = Schemas["Role"];
export type Session = Answered<Schemas["Session"]>;

export type SavedFilter = Answered<Schemas["SavedFilter"]>;

/** A newer server may send kinds that this build has not heard of. */
export type AppNotification = Answered<Omit<Schemas["Notification"], "kind">> & {
  readonly kind: string;
};

/** What a person may write. */
export type TaskFields = Pick<
  Task,
  "title" | "description" | "priority" | "status" | "due_date" | "due_time" | "labels"
>;
export type TaskChanges = Partial<TaskFields>;

export interface Page<T> {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly T[];
}

/** Cookie mode: the refresh token is in a cookie that scripts can't read. */
export interface TokenAnswer {
  readonly access: string;
  readonly user: User;
}
