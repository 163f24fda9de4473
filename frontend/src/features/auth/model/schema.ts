import * as z from "zod/mini";
import { emailSchema, newPasswordSchema } from "@/shared/forms/schema";
import { messages } from "@/shared/i18n/messages";

const t = messages.auth.required;

export const registerSchema = z.object({
  username: z
    .string()
    .check(z.trim(), z.minLength(1, t.username), z.regex(/^[\w.-]+$/, t.usernamePattern)),
  email: emailSchema,
  password: newPasswordSchema,
});

export type RegisterForm = z.infer<typeof registerSchema>;
