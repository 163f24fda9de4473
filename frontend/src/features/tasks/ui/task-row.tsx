import { MoreHorizontal } from "lucide-react";
import { memo } from "react";
import { Link } from "react-router";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDueShort } from "@/shared/lib/format-date";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { MenuButton } from "@/shared/ui/menu-button";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import { checklistOf } from "../model/checklist";
import { toggleDone } from "../model/commands";
import { isLate } from "../model/groups";
import { LabelLink } from "./label-link";
import { taskMenu } from "./task-menu";

const t = messages.tasks;
const LABELS_SHOWN = 2;

export interface TaskRowProps {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
  readonly now: ZonedNow;
}

/** Status, title, then metadata in fixed columns so that the eye can run down them. */
export const TaskRow = memo(function TaskRow({ task, href, isOpen, now }: TaskRowProps) {
  return (
    <li
      className={cx(
        "group row-lazy relative grid h-10 touch:h-12 grid-cols-[34px_minmax(0,1fr)_auto_auto_88px_17px] items-center gap-x-3 px-2 phone:h-[52px] phone:grid-cols-[34px_minmax(0,1fr)_auto_auto_17px]",
        isOpen ? "rounded-md bg-soft" : "border-b border-line hover:bg-sunken/50",
      )}
    >
      <StatusButton task={task} />
      <TitleLink task={task} href={href} isOpen={isOpen} />
      <RowMenu task={task} />
      <span className="flex items-center gap-3">
        <ChecklistCount description={task.description} />
        <Labels labels={task.labels} />
      </span>
      <DueText task={task} now={now} />
      <PriorityBars priority={task.priority} />
      <span className="sr-only">{t.priorityOf(t.priority[task.priority])}</span>
    </li>
  );
});

function StatusButton({ task }: { readonly task: Task }) {
  const isDone = task.status === "completed";
  return (
    <button
      type="button"
      aria-label={isDone ? t.reopen(task.title) : t.complete(task.title)}
      onClick={() => toggleDone(task)}
      className="relative z-10 grid size-[34px] touch:size-11 -ml-2 touch:-ml-3 place-items-center rounded-full hover:bg-sunken"
    >
      <StatusRing status={task.status} />
    </button>
  );
}

interface TitleLinkProps {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
}

/** The link's own area covers the row, so that the whole of it opens the task. */
function TitleLink({ task, href, isOpen }: TitleLinkProps) {
  const isDone = task.status === "completed";
  return (
    <Link
      to={href}
      preventScrollReset
      aria-current={isOpen ? "true" : undefined}
      data-task-link={task.id}
      className={cx(
        "-ml-3 truncate font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent",
        isDone && "text-ink-3 line-through",
      )}
    >
      {task.title}
      {task.status === "in_progress" && <span className="sr-only">, {t.status.in_progress}</span>}
    </Link>
  );
}

function ChecklistCount({ description }: { readonly description: string }) {
  const checklist = checklistOf(description);
  if (!checklist) return null;
  const words = messages.detail.checklistDone(checklist.done, checklist.total);
  return (
    <span className="text-[12.5px] whitespace-nowrap text-ink-3">
      <span className="sr-only">{t.checklist} </span>
      {words}
    </span>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  const hidden = labels.length - LABELS_SHOWN;
  return (
    <span className="flex max-w-56 gap-3 text-[12.5px] text-ink-2 phone:hidden">
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelLink key={label} name={label} />
      ))}
      {hidden > 0 && <span className="text-ink-3">+{hidden}</span>}
    </span>
  );
}

function DueText({ task, now }: { readonly task: Task; readonly now: ZonedNow }) {
  if (!task.due_date) return <span />;
  const late = isLate(task, now);
  return (
    <span className={cx("text-right text-[12.5px]", late ? "text-late" : "text-ink-2")}>
      <span className="sr-only">{t.due} </span>
      {formatDueShort(task.due_date, task.due_time, now.date)}
      {late && <span className="sr-only">, {t.late}</span>}
    </span>
  );
}

/** On a touch screen the same things are one tap away in the opened task. */
function RowMenu({ task }: { readonly task: Task }) {
  return (
    <MenuButton
      label={t.more(task.title)}
      sections={taskMenu(task)}
      className="relative z-10 -my-1 grid size-8 place-items-center rounded-md text-ink-2 opacity-0 hover:bg-bg group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 open:opacity-100 touch:hidden phone:hidden"
    >
      <MoreHorizontal className="size-4" aria-hidden="true" />
    </MenuButton>
  );
}
