import { MoreHorizontal } from "lucide-react";
import { memo } from "react";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { LabelMark } from "@/shared/ui/label-mark";
import { MenuButton } from "@/shared/ui/menu-button";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import { toggleDone } from "../model/commands";
import { DueText } from "./due-text";
import { statusMoves } from "./move-menu";
import { cardMenu } from "./task-menu";
import { ChecklistCount } from "./task-row";

const t = messages.tasks;
const LABELS_SHOWN = 2;

interface BoardCardProps {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly now: ZonedNow;
  readonly move: (task: Task, status: TaskStatus) => void;
}

export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { task, isOpen, isDragged, now, move } = props;
  return (
    <li
      data-row={task.id}
      data-drag={task.id}
      className={cx(
        "card-lazy group relative grid grid-cols-[32px_minmax(0,1fr)_auto] gap-y-1 rounded-lg border px-1.5 py-2 transition-colors duration-120",
        isOpen ? "border-accent bg-soft" : "border-line bg-surface hover:border-line-strong",
        isDragged && "opacity-50",
      )}
    >
      <Ring task={task} />
      <Title {...props} />
      <MenuButton
        label={t.more(task.title)}
        sections={cardMenu(
          task,
          statusMoves(task, (status) => move(task, status)),
        )}
        data-part="menu"
        className="relative z-10 -my-1 grid size-8 touch:size-11 touch:-my-2 place-items-center rounded-md text-ink-3 opacity-0 hover:bg-sunken hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 open:opacity-100 touch:opacity-100 phone:opacity-100"
      >
        <MoreHorizontal className="size-4" aria-hidden="true" />
      </MenuButton>
      <div className="col-span-2 col-start-2 flex min-h-5 items-center gap-3 pr-1.5 text-[12.5px] text-ink-2">
        <ChecklistCount description={task.description} />
        <Labels labels={task.labels} />
        <span className="flex-1 phone:hidden" />
        <DueText task={task} now={now} />
        <PriorityBars priority={task.priority} />
        <span className="sr-only">{t.priorityOf(t.priority[task.priority])}</span>
      </div>
    </li>
  );
});

function Ring({ task }: { readonly task: Task }) {
  const isDone = task.status === "completed";
  return (
    <button
      type="button"
      data-part="ring"
      aria-label={isDone ? t.reopen(task.title) : t.complete(task.title)}
      onClick={() => toggleDone(task)}
      className="relative z-10 -mt-1 grid size-[30px] touch:-mt-3 touch:-ml-1.5 touch:size-11 place-items-center rounded-full hover:bg-sunken"
    >
      <StatusRing status={task.status} className="size-[17px]" />
    </button>
  );
}

/** The link's own area covers the card; while it is not the browser's to drag, the card is ours. */
function Title({ task, href, isOpen }: BoardCardProps) {
  return (
    <a
      href={href}
      data-inner="panel"
      draggable={false}
      aria-current={isOpen ? "true" : undefined}
      data-part="link"
      data-task-link={task.id}
      className={cx(
        "line-clamp-3 min-w-0 font-medium wrap-anywhere outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent",
        task.status === "completed" && "text-ink-3 line-through",
      )}
    >
      {task.title}
    </a>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  const hidden = labels.length - LABELS_SHOWN;
  return (
    <>
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelMark key={label} name={label} />
      ))}
      {hidden > 0 && <span className="text-ink-3">+{hidden}</span>}
    </>
  );
}
