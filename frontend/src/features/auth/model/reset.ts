import * as z from "zod/mini";
import { emailSchema, newPasswordSchema } from "@/shared/forms/schema";
import type { ResetLink } from "../api";

/** What the mail put after the #; null where the link is not whole. */
export function readResetLink(hash: string): ResetLink | null {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const uid = said.get("uid");
  const token = said.get("token");
  return uid && token ? { uid, token } : null;
}

export const forgotSchema = z.object({ email: emailSchema });
export const resetSchema = z.object({ new_password: newPasswordSchema });

export type ForgotForm = z.infer<typeof forgotSchema>;
export type ResetForm = z.infer<typeof resetSchema>;
