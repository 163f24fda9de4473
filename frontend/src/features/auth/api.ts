import { postAnonymously } from "@/shared/api/anonymous";

export interface ResetLink {
  readonly uid: string;
  readonly token: string;
}

/** The answer is the same whether or not somebody has this address. */
export function askForReset(email: string): Promise<void> {
  return postAnonymously("/api/auth/password/reset/", { email });
}

export function confirmReset(link: ResetLink, new_password: string): Promise<void> {
  return postAnonymously("/api/auth/password/reset/confirm/", { ...link, new_password });
}
