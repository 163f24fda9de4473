import { type MouseEvent, memo, type ReactNode, Suspense, useRef, useState } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDueShort } from "@/shared/lib/format-date";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import { checklistOf } from "../model/checklist";
import { toggleDone } from "../model/commands";
import { isLate } from "../model/groups";
import { extendTo, toggleSelected } from "../model/selection";
import { LabelLink } from "./label-link";

const t = messages.tasks;
const RowMenu = lazyWithRetry(() => import("./row-menu").then((module) => module.RowMenu));
const LABELS_SHOWN = 2;
/** One path instead of an icon of three circles in two components: lists have hundreds. */
const DOTS = (
  <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 fill-current">
    <path d="M3.3 6.7a1.3 1.3 0 1 0 .01 0zM8 6.7a1.3 1.3 0 1 0 .01 0zM12.7 6.7a1.3 1.3 0 1 0 .01 0z" />
  </svg>
);
/** A phone has no room for columns: the title in up to two lines, and the facts under it. */
export const PHONE_ROW =
  "phone:min-h-12 phone:content-center phone:items-start phone:py-2.5 phone:[&>svg]:mt-1";
export const FACTS =
  "contents phone:col-start-2 phone:col-end-4 phone:row-start-2 phone:-ml-3 phone:flex phone:min-w-0 phone:items-center phone:gap-3";
export const TITLE =
  "-ml-3 truncate font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent phone:line-clamp-2 phone:whitespace-normal phone:wrap-anywhere";

/** Where a row stands in a list that is not drawn whole. */
export interface RowPlace {
  readonly top: number;
  readonly position: number;
  readonly size: number;
  /** Where rows differ in height: takes in how high this one is. */
  readonly measure?: ((row: HTMLLIElement | null) => void) | undefined;
}

export function placeProps(place: Partial<RowPlace> | undefined) {
  if (place?.top === undefined) return {};
  const style = { position: "absolute", left: 0, right: 0, top: place.top } as const;
  const props = { style, "aria-posinset": place.position, "aria-setsize": place.size };
  if (!place.measure) return props;
  // What is not drawn has no height of its own to measure.
  const drawn = { ...style, contentVisibility: "visible" } as const;
  return { ...props, style: drawn, ref: place.measure, "data-index": (place.position ?? 1) - 1 };
}

export interface TaskRowProps extends Partial<RowPlace> {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** While anything is selected, selecting is one press away. */
  readonly isSelecting: boolean;
  readonly now: ZonedNow;
}

interface RowProps extends TaskRowProps {
  /** Instead of the plain title. */
  readonly title?: ReactNode;
  /** Below the row. */
  readonly excerpt?: ReactNode;
}

export const TaskRow = memo(Row);

/** Status, title, then metadata in fixed columns so that the eye can run down them. */
export function Row(props: RowProps) {
  const { task, isOpen, isSelected, isSelecting, now } = props;
  return (
    <li
      data-row={task.id}
      {...placeProps(props)}
      className={cx(
        "group row-lazy relative grid min-h-10 touch:min-h-12 scroll-my-24 grid-cols-[34px_minmax(0,1fr)_auto_auto_88px_17px] touch:grid-cols-[34px_minmax(0,1fr)_auto_88px_17px_28px] items-center gap-x-3 px-2 phone:grid-cols-[34px_minmax(0,1fr)_17px_24px] phone:touch:grid-cols-[34px_minmax(0,1fr)_17px_24px]",
        PHONE_ROW,
        isOpen || isSelected ? "rounded-md bg-soft" : "border-b border-line hover:bg-sunken/50",
      )}
    >
      <SelectBox task={task} isSelected={isSelected} isSelecting={isSelecting} />
      <StatusButton task={task} isSelecting={isSelecting} />
      <TitleLink {...props} />
      <MenuOpener task={task} isSelected={isSelected} />
      <span className={FACTS}>
        <span className="flex min-w-0 items-center gap-3">
          <ChecklistCount description={task.description} />
          <Labels labels={task.labels} />
        </span>
        <DueText task={task} now={now} />
      </span>
      <PriorityBars priority={task.priority} />
      <span className="sr-only">{t.priorityOf(t.priority[task.priority])}</span>
      {props.excerpt}
    </li>
  );
}

type SelectBoxProps = Pick<TaskRowProps, "task" | "isSelected" | "isSelecting">;

/** In the margin, and on a phone, which has none, in the place of the ring. */
function SelectBox({ task, isSelected, isSelecting }: SelectBoxProps) {
  return (
    <label
      className={cx(
        "absolute top-0 bottom-0 -left-7 z-10 grid w-7 cursor-pointer place-items-center",
        isSelecting
          ? "phone:static phone:-my-3 phone:h-11 phone:w-auto"
          : "opacity-0 focus-within:opacity-100 group-hover:opacity-100 phone:hidden touch:hidden",
      )}
    >
      <input
        type="checkbox"
        data-part="check"
        aria-label={t.select(task.title)}
        checked={isSelected}
        tabIndex={isSelecting ? 0 : -1}
        onClick={(event) => event.shiftKey && extendTo(task.id)}
        onChange={({ nativeEvent }) =>
          (nativeEvent as PointerEvent).shiftKey || toggleSelected(task.id)
        }
        className="size-4 phone:size-5 accent-accent"
      />
    </label>
  );
}

interface StatusButtonProps {
  readonly task: Task;
  readonly isSelecting?: boolean;
}

export function StatusButton({ task, isSelecting = false }: StatusButtonProps) {
  const isDone = task.status === "completed";
  return (
    <button
      type="button"
      data-part="ring"
      aria-label={isDone ? t.reopen(task.title) : t.complete(task.title)}
      onClick={() => toggleDone(task)}
      className={cx(
        "relative z-10 grid size-[34px] touch:size-11 -ml-2 touch:-ml-3 place-items-center rounded-full hover:bg-sunken phone:-my-[7px] phone:touch:-my-3",
        isSelecting && "phone:hidden",
      )}
    >
      <StatusRing status={task.status} />
    </button>
  );
}

/** The link's own area covers the row, so that the whole of it opens the task. */
function TitleLink({ task, href, isOpen, isSelecting, title = task.title }: RowProps) {
  const isDone = task.status === "completed";
  const onClick = (event: MouseEvent) => {
    const isTouch = (event.nativeEvent as PointerEvent).pointerType === "touch";
    if (!event.shiftKey && !(isSelecting && isTouch)) return;
    // Instead of a new window, or of the task, while a finger is selecting.
    event.preventDefault();
    if (event.shiftKey) extendTo(task.id);
    else toggleSelected(task.id);
  };
  return (
    <a
      href={href}
      data-inner="panel"
      draggable={false}
      aria-current={isOpen ? "true" : undefined}
      data-part="link"
      data-task-link={task.id}
      onClick={onClick}
      className={cx(TITLE, isDone && "text-ink-3 line-through")}
    >
      {title}
      {task.status === "in_progress" && <span className="sr-only">, {t.status.in_progress}</span>}
    </a>
  );
}

export function ChecklistCount({ description }: { readonly description: string }) {
  const checklist = checklistOf(description);
  if (!checklist) return null;
  const words = messages.detail.checklistDone(checklist.done, checklist.total);
  return (
    <span className="shrink-0 text-[12.5px] whitespace-nowrap text-ink-3">
      <span className="sr-only">{t.checklist} </span>
      {words}
    </span>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  const hidden = labels.length - LABELS_SHOWN;
  return (
    // A thumb on a phone means the row, whatever small thing it meets there.
    <span className="flex max-w-56 min-w-0 gap-3 text-[12.5px] text-ink-2 phone:pointer-events-none">
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelLink key={label} name={label} />
      ))}
      {hidden > 0 && <span className="text-ink-3">+{hidden}</span>}
    </span>
  );
}

function DueText({ task, now }: { readonly task: Task; readonly now: ZonedNow }) {
  if (!task.due_date) return <span className="phone:hidden" />;
  const late = isLate(task, now);
  return (
    <span
      className={cx(
        "text-right text-[12.5px] phone:order-first phone:shrink-0",
        late ? "text-late" : "text-ink-2",
      )}
    >
      <span className="sr-only">{t.due} </span>
      {formatDueShort(task.due_date, task.due_time, now.date)}
      {late && <span className="sr-only">, {t.late}</span>}
    </span>
  );
}

/** Under the pointer on hover; where nothing hovers it stands at the end of the row. */
function MenuOpener({ task, isSelected }: Pick<TaskRowProps, "task" | "isSelected">) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        data-part="menu"
        aria-label={t.more(task.title)}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="relative z-10 -my-1 grid size-8 place-items-center rounded-md text-ink-2 opacity-0 hover:bg-bg group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 open:opacity-100 touch:order-last touch:-mx-2 touch:h-11 touch:w-11 touch:text-ink-3 touch:opacity-100 phone:order-last phone:-mx-2 phone:-my-1.5 phone:touch:-my-3 phone:w-10 phone:touch:w-10 phone:text-ink-3 phone:opacity-100"
      >
        {DOTS}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <RowMenu
            anchor={anchor}
            task={task}
            isSelected={isSelected}
            onClosed={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
