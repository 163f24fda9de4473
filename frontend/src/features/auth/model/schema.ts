import * as z from "zod/mini";
import { messages } from "@/shared/i18n/messages";

const t = messages.auth.required;
const PASSWORD_MIN = 8;

export const signInSchema = z.object({
  username: z.string().check(z.trim(), z.minLength(1, t.identifier)),
  password: z.string().check(z.minLength(1, t.password)),
});

export const registerSchema = z.object({
  username: z
    .string()
    .check(z.trim(), z.minLength(1, t.username), z.regex(/^[\w.-]+$/, t.usernamePattern)),
  email: z.string().check(z.trim(), z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, t.email)),
  password: z.string().check(z.minLength(PASSWORD_MIN, t.passwordLength)),
});

export type SignInForm = z.infer<typeof signInSchema>;
export type RegisterForm = z.infer<typeof registerSchema>;
