import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDueShort } from "@/shared/lib/format-date";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { isLate } from "../model/groups";

const t = messages.tasks;

interface DueTextProps {
  readonly task: Task;
  readonly now: ZonedNow;
}

/** When a task is due, in words and, when that has passed, in red and in words. */
export function DueText({ task, now }: DueTextProps) {
  if (!task.due_date) return null;
  const late = isLate(task, now);
  return (
    <span
      className={cx("shrink-0 text-[12.5px] phone:order-first", late ? "text-late" : "text-ink-2")}
    >
      <span className="sr-only">{t.due} </span>
      {formatDueShort(task.due_date, task.due_time, now.date)}
      {late && <span className="sr-only">, {t.late}</span>}
    </span>
  );
}
