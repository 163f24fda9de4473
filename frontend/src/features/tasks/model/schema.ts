import * as z from "zod/mini";
import { messages } from "@/shared/i18n/messages";

// Read when they are needed: a module may be evaluated before its texts are there.
const t = messages.detail;
const TITLE_MAX = 200;
const DESCRIPTION_MAX = 20_000;
const LABEL_MAX = 40;
const LABELS_MAX = 20;

export const titleSchema = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, { error: () => t.titleRequired }),
    z.maxLength(TITLE_MAX, { error: () => t.titleTooLong }),
  );

export const descriptionSchema = z
  .string()
  .check(z.maxLength(DESCRIPTION_MAX, { error: () => t.descriptionTooLong }));

export const labelSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(LABEL_MAX, { error: () => t.labelTooLong }));

/** The same limits as the server's; it has the last word. */
export const taskSchema = z.object({
  title: titleSchema,
  description: descriptionSchema,
  status: z.enum(["pending", "in_progress", "completed"]),
  priority: z.enum(["low", "medium", "high"]),
  due_date: z.nullable(z.string()),
  due_time: z.nullable(z.string()),
  labels: z.array(labelSchema).check(z.maxLength(LABELS_MAX, { error: () => t.tooManyLabels })),
});

export type TaskForm = z.infer<typeof taskSchema>;

/** The first complaint about a value, or null when it is fine. */
export function complaint(schema: z.ZodMiniType<unknown>, value: unknown): string | null {
  const result = schema.safeParse(value);
  return result.success ? null : (result.error.issues[0]?.message ?? null);
}
