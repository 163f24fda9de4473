import { get, patch, postForSession, remove } from "@/shared/api/client";
import type { Page, Session, User } from "@/shared/api/types";
import { renewSession } from "@/shared/session/session";

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
