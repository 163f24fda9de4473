import * as z from "zod/mini";
import { emailSchema, newPasswordSchema, passwordSchema } from "@/shared/forms/schema";
import { messages } from "@/shared/i18n/messages";

const t = messages.settings;
const NAME_MAX = 150;

const name = z.string().check(z.trim(), z.maxLength(NAME_MAX, t.profile.nameTooLong));

export const profileSchema = z.object({
  first_name: name,
  last_name: name,
  time_zone: z.string().check(z.minLength(1, t.profile.timeZoneRequired)),
  language: z.enum(["en", "de", "fr", "es", "pt"]),
});

export const emailChangeSchema = z.object({ email: emailSchema, password: passwordSchema });

export const passwordChangeSchema = z.object({
  password: passwordSchema,
  new_password: newPasswordSchema,
});

const TOKEN_NAME_MAX = 100;

export const tokenSchema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, t.tokens.nameRequired),
      z.maxLength(TOKEN_NAME_MAX, t.tokens.nameTooLong),
    ),
  scope: z.enum(["read", "write"]),
  days: z.string(),
});

export const proofSchema = z.object({
  password: passwordSchema,
  isSure: z.boolean().check(z.refine((isSure) => isSure, t.account.sureRequired)),
});

export type TokenForm = z.infer<typeof tokenSchema>;
export type ProofForm = z.infer<typeof proofSchema>;
export type ProfileForm = z.infer<typeof profileSchema>;
export type EmailForm = z.infer<typeof emailChangeSchema>;
export type PasswordForm = z.infer<typeof passwordChangeSchema>;
