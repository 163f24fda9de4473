import * as z from "zod/mini";
import { messages } from "@/shared/i18n/messages";

const t = messages.auth.required;
const PASSWORD_MIN = 8;

export const emailSchema = z
  .string()
  .check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, t.email));

export const newPasswordSchema = z.string().check(z.minLength(PASSWORD_MIN, t.passwordLength));

/** One that exists: the server alone knows whether it is right. */
export const passwordSchema = z.string().check(z.minLength(1, t.password));
