import { MoreHorizontal } from "lucide-react";
import { memo } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { PlainDate, ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { LabelMark } from "@/shared/ui/label-mark";
import { MenuButton } from "@/shared/ui/menu-button";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { isLate } from "../model/groups";
import { DueText } from "./due-text";
import { dayMoves } from "./move-menu";
import { cardMenu } from "./task-menu";
import { ChecklistCount, FACTS, PHONE_ROW, StatusButton, TITLE } from "./task-row";

const t = messages.tasks;
const LABELS_SHOWN = 2;

export interface DayRowProps {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
  readonly now: ZonedNow;
  readonly move: (task: Task, date: PlainDate) => void;
  readonly onOpen?: () => void;
}

/** A task under its day's heading, which says the date. */
export const DayRow = memo(function DayRow(props: DayRowProps) {
  const { task, isOpen, now, move } = props;
  return (
    <li
      data-row={task.id}
      data-drag={task.id}
      className={cx(
        "group row-lazy relative grid min-h-10 touch:min-h-12 grid-cols-[34px_minmax(0,1fr)_auto_auto_auto_17px] items-center gap-x-3 px-2 phone:grid-cols-[34px_minmax(0,1fr)_17px_24px]",
        PHONE_ROW,
        isOpen ? "rounded-md bg-soft" : "border-b border-line hover:bg-sunken/50",
      )}
    >
      <StatusButton task={task} />
      <Title {...props} />
      <MenuButton
        label={t.more(task.title)}
        sections={cardMenu(
          task,
          dayMoves(task, now.date, (date) => move(task, date)),
        )}
        data-part="menu"
        className="relative z-10 -my-1 grid size-8 place-items-center rounded-md text-ink-2 opacity-0 hover:bg-bg hover:text-ink group-hover:opacity-100 focus-visible:opacity-100 open:opacity-100 touch:h-11 touch:opacity-100 phone:order-last phone:-mx-2 phone:-my-1.5 phone:touch:-my-3 phone:w-10 phone:opacity-100"
      >
        <MoreHorizontal className="size-4" aria-hidden="true" />
      </MenuButton>
      <span className={FACTS}>
        <span className="flex min-w-0 items-center gap-3">
          <ChecklistCount description={task.description} />
          <Labels labels={task.labels} />
        </span>
        <Time task={task} now={now} />
      </span>
      <PriorityBars priority={task.priority} />
      <span className="sr-only">{t.priorityOf(t.priority[task.priority])}</span>
    </li>
  );
});

function Title({ task, href, isOpen, onOpen }: DayRowProps) {
  return (
    <a
      href={href}
      data-inner="panel"
      draggable={false}
      onClick={onOpen}
      aria-current={isOpen ? "true" : undefined}
      data-part="link"
      data-task-link={task.id}
      className={cx(TITLE, task.status === "completed" && "text-ink-3 line-through")}
    >
      {task.title}
      {task.status === "in_progress" && <span className="sr-only">, {t.status.in_progress}</span>}
    </a>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  const hidden = labels.length - LABELS_SHOWN;
  return (
    <span className="flex max-w-56 min-w-0 gap-3 text-[12.5px] text-ink-2">
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelMark key={label} name={label} />
      ))}
      {hidden > 0 && <span className="text-ink-3">+{hidden}</span>}
    </span>
  );
}

/** The day is said above; an overdue task brings its own. */
function Time({ task, now }: { readonly task: Task; readonly now: ZonedNow }) {
  if (task.due_date !== null && task.due_date < now.date) return <DueText task={task} now={now} />;
  if (task.due_time === null) return <span className="phone:hidden" />;
  return (
    <span
      className={cx(
        "text-[12.5px] phone:order-first",
        isLate(task, now) ? "text-late" : "text-ink-2",
      )}
    >
      {task.due_time}
      {isLate(task, now) && <span className="sr-only">, {t.late}</span>}
    </span>
  );
}
