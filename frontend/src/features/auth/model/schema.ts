import * as z from "zod/mini";
import { emailSchema, newPasswordSchema, passwordSchema } from "@/shared/forms/schema";
import { messages } from "@/shared/i18n/messages";

const t = messages.auth.required;

export const signInSchema = z.object({
  username: z.string().check(z.trim(), z.minLength(1, t.identifier)),
  password: passwordSchema,
});

export const registerSchema = z.object({
  username: z
    .string()
    .check(z.trim(), z.minLength(1, t.username), z.regex(/^[\w.-]+$/, t.usernamePattern)),
  email: emailSchema,
  password: newPasswordSchema,
});

export type SignInForm = z.infer<typeof signInSchema>;
export type RegisterForm = z.infer<typeof registerSchema>;
