import * as z from "zod/mini";
import { messages } from "@/shared/i18n/messages";
import { isPlainDate } from "@/shared/lib/plain-date";
import { parseCsv } from "./csv";

const t = messages.settings.data.problems;
const TITLE_MAX = 200;
const DESCRIPTION_MAX = 20_000;
const LABEL_MAX = 40;
const LABELS_MAX = 20;

/** One line of a file: a task to be made, or why it is none. */
export interface ImportRow {
  /** As people count them in the file. */
  readonly line: number;
  readonly title: string;
  readonly task: ImportTask | null;
  readonly problem: string | null;
}

/** The same limits as the server's; it has the last word. */
const taskSchema = z.object({
  title: z
    .string()
    .check(z.trim(), z.minLength(1, t.title), z.maxLength(TITLE_MAX, t.titleTooLong)),
  description: z.optional(z.string().check(z.maxLength(DESCRIPTION_MAX, t.description))),
  priority: z.optional(z.enum(["low", "medium", "high"], t.priority)),
  status: z.optional(z.enum(["pending", "in_progress", "completed"], t.status)),
  due_date: z.optional(z.nullable(z.string().check(z.refine(isPlainDate, t.dueDate)))),
  due_time: z.optional(
    z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, t.dueTime))),
  ),
  labels: z.optional(
    z
      .array(z.string().check(z.trim(), z.minLength(1, t.label), z.maxLength(LABEL_MAX, t.label)))
      .check(z.maxLength(LABELS_MAX, t.labels)),
  ),
  created_at: z.optional(z.string()),
  completed_at: z.optional(z.nullable(z.string())),
  deleted_at: z.optional(z.nullable(z.string())),
});

export type ImportTask = z.infer<typeof taskSchema>;

/** What a file holds, by what it looks like: an export, a table with a heading, or lines of text. */
export function readImport(text: string): readonly ImportRow[] {
  const content = text.replace(/^\uFEFF/, "");
  if (/^\s*[{[]/.test(content)) return readExport(content);
  const table = parseCsv(content);
  const heading = table[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  return heading.includes("title") ? readTable(heading, table.slice(1)) : readLines(content);
}

function readExport(content: string): readonly ImportRow[] {
  try {
    const whole = JSON.parse(content) as { tasks?: unknown } | unknown[];
    const tasks = Array.isArray(whole) ? whole : whole.tasks;
    if (Array.isArray(tasks)) return tasks.map((task, index) => rowOf(task, index + 1));
  } catch {
    // Below: it is said that this is no such file.
  }
  return [{ line: 1, title: "", task: null, problem: t.notExport }];
}

function readTable(heading: readonly string[], rows: readonly string[][]): readonly ImportRow[] {
  return rows.map((cells, index) => {
    const cell = (name: string) => cells[heading.indexOf(name)]?.trim() || undefined;
    const labels = cell("labels")
      ?.split(/[,;]/)
      .map((label) => label.trim())
      .filter(Boolean);
    const task = {
      title: cell("title") ?? "",
      description: cell("description"),
      priority: cell("priority")?.toLowerCase(),
      status: cell("status")?.toLowerCase().replace(/[ -]/g, "_"),
      due_date: cell("due_date"),
      due_time: cell("due_time"),
      labels,
    };
    // The heading is the first line.
    return rowOf(task, index + 2);
  });
}

function readLines(content: string): readonly ImportRow[] {
  return content
    .split(/\r\n|\n|\r/)
    .map(
      (title, index) =>
        [title.replace(/^\s*(?:[-*•]|\[[ x]?\]|\d+[.)])\s+/i, ""), index + 1] as const,
    )
    .filter(([title]) => title.trim() !== "")
    .map(([title, line]) => rowOf({ title }, line));
}

function rowOf(task: unknown, line: number): ImportRow {
  const title = String((task as { title?: unknown } | null)?.title ?? "");
  const result = taskSchema.safeParse(task);
  if (result.success) return { line, title, task: result.data, problem: null };
  return { line, title, task: null, problem: result.error.issues[0]?.message ?? t.other };
}
