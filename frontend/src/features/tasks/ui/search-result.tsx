import { memo } from "react";
import { Link } from "react-router";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDueShort } from "@/shared/lib/format-date";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import { toggleDone } from "../model/commands";
import { isLate } from "../model/groups";
import { excerptOf, rangesOf } from "../model/text-match";
import { LabelLink } from "./label-link";
import { MarkedText } from "./marked-text";

const t = messages.tasks;
const LABELS_SHOWN = 2;

interface SearchResultProps {
  readonly task: Task;
  readonly terms: readonly string[];
  readonly href: string;
  readonly isOpen: boolean;
  readonly now: ZonedNow;
}

/** A row that says why it was found. */
export const SearchResult = memo(function SearchResult(props: SearchResultProps) {
  const { task, isOpen, now } = props;
  return (
    <li
      className={cx(
        "row-lazy relative grid min-h-12 grid-cols-[34px_minmax(0,1fr)_auto_88px_17px] items-start gap-x-3 px-2 py-[7px] phone:grid-cols-[34px_minmax(0,1fr)_auto_17px]",
        isOpen ? "rounded-md bg-soft" : "border-b border-line hover:bg-sunken/50",
      )}
    >
      <StatusButton task={task} />
      <Found {...props} />
      <span className="flex max-w-56 gap-3 pt-1.5 text-[12.5px] text-ink-2 phone:hidden">
        {task.labels.slice(0, LABELS_SHOWN).map((label) => (
          <LabelLink key={label} name={label} />
        ))}
      </span>
      <span
        className={cx(
          "pt-1.5 text-right text-[12.5px]",
          isLate(task, now) ? "text-late" : "text-ink-2",
        )}
      >
        {task.due_date && formatDueShort(task.due_date, task.due_time, now.date)}
      </span>
      <span className="pt-2">
        <PriorityBars priority={task.priority} />
        <span className="sr-only">{t.priorityOf(t.priority[task.priority])}</span>
      </span>
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
      className="relative z-10 -ml-2 grid size-[34px] place-items-center rounded-full hover:bg-sunken touch:-mt-1.5 touch:-ml-3 touch:size-11"
    >
      <StatusRing status={task.status} />
    </button>
  );
}

function Found({ task, terms, href, isOpen }: SearchResultProps) {
  const excerpt = excerptOf(task.description, terms);
  return (
    <div className="-ml-3 min-w-0 pt-1">
      <Link
        to={href}
        preventScrollReset
        aria-current={isOpen ? "true" : undefined}
        data-task-link={task.id}
        className={cx(
          "line-clamp-2 font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent",
          task.status === "completed" && "text-ink-3 line-through",
        )}
      >
        <MarkedText text={task.title} ranges={rangesOf(task.title, terms)} />
      </Link>
      {excerpt && (
        <p className="mt-0.5 line-clamp-2 text-[12.5px] text-ink-3">
          <MarkedText {...excerpt} />
        </p>
      )}
    </div>
  );
}
