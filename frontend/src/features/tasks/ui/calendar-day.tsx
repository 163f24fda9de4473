import { Plus } from "lucide-react";
import { memo } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatLongDate } from "@/shared/lib/format-date";
import type { PlainDate, ZonedNow } from "@/shared/lib/plain-date";
import { cx } from "@/shared/ui/class-names";
import { PopoverButton } from "@/shared/ui/popover-button";
import { StatusRing } from "@/shared/ui/status-ring";
import { monthOf } from "../model/calendar";
import { drawnOf } from "../model/drawn";
import { isLate } from "../model/groups";
import { usePanel } from "../model/use-panel";
import { DayList } from "./day-list";
import type { MonthControls } from "./use-month";
import type { TaskLinks } from "./use-task-links";

const t = messages.views;
/** Four lines fit in a cell: three tasks and how many more there are. */
const CHIPS = 3;

export interface CalendarDayProps {
  readonly date: PlainDate;
  readonly tasks: readonly Task[];
  readonly controls: MonthControls;
  readonly links: TaskLinks;
  readonly now: ZonedNow;
  readonly isOver: boolean;
  /** The task that has the focus: it is drawn in the fullest day. */
  readonly kept: number | null;
  readonly move: (task: Task, date: PlainDate) => void;
}

export function CalendarDay(props: CalendarDayProps) {
  const { date, tasks, controls, links, now, isOver, kept } = props;
  const isChosen = controls.day === date;
  // One more fits where otherwise a line would say "+1 more".
  const shown = tasks.length === CHIPS + 1 ? tasks : drawnOf(tasks, CHIPS, kept);
  return (
    <td
      data-drop={date}
      className={cx(
        "group/day relative h-[104px] border-b border-line p-1 align-top not-last:border-r [tr:last-child>&]:border-b-0",
        monthOf(date) !== controls.month && "bg-bg",
        isOver && "bg-soft outline-2 -outline-offset-2 outline-accent outline-dashed",
      )}
    >
      <div className="flex items-center justify-between">
        <DayNumber {...props} />
        <AddOn date={date} isChosen={isChosen} />
      </div>
      <ul className="mt-0.5 grid grid-cols-[minmax(0,1fr)] gap-px">
        {shown.map((task) => (
          <Chip
            key={task.id}
            task={task}
            href={links.hrefOf(task.id)}
            isOpen={task.id === links.openId}
            isLate={isLate(task, now)}
            isReachable={isChosen}
          />
        ))}
      </ul>
      {shown.length < tasks.length && <More {...props} hidden={tasks.length - shown.length} />}
    </td>
  );
}

/** Says the day, and how much is in it; pressing it lists the day, or adds its first task. */
function DayNumber(props: CalendarDayProps) {
  const { date, tasks, controls, now } = props;
  const { open } = usePanel();
  const label = t.dayTasks(formatLongDate(date), tasks.length);
  const look = cx(
    "grid h-6 min-w-6 place-items-center rounded-full px-1.5 text-[12.5px] hover:bg-sunken",
    date === now.date && "bg-accent font-semibold text-on-accent hover:bg-accent-strong",
    date !== now.date && (monthOf(date) === controls.month ? "text-ink" : "text-ink-3"),
  );
  const shared = {
    "data-day": date,
    tabIndex: controls.day === date ? 0 : -1,
    "aria-current": date === now.date ? ("date" as const) : undefined,
    className: look,
  };
  if (tasks.length === 0) {
    return (
      <button
        type="button"
        aria-label={label}
        onClick={() => {
          controls.chooseDay(date);
          open({ kind: "new", due: date });
        }}
        {...shared}
      >
        {Number(date.slice(8))}
      </button>
    );
  }
  return (
    <DayPopover {...props} label={label} {...shared}>
      {Number(date.slice(8))}
    </DayPopover>
  );
}

interface DayPopoverProps extends CalendarDayProps {
  readonly label: string;
  readonly className: string;
  readonly tabIndex: number;
  readonly children: React.ReactNode;
}

function DayPopover(props: DayPopoverProps) {
  const {
    date,
    tasks,
    links,
    now,
    move,
    controls,
    isOver: _isOver,
    kept: _kept,
    label,
    ...button
  } = props;
  return (
    <PopoverButton
      label={label}
      popupLabel={formatLongDate(date)}
      popupClassName="w-[340px] max-h-[min(440px,80dvh)] overflow-y-auto p-3"
      align="start"
      keys="task"
      content={(close) => (
        <DayList
          date={date}
          tasks={tasks}
          links={links}
          now={now}
          move={(task, to) => {
            close();
            move(task, to);
          }}
          onLeave={close}
        />
      )}
      {...button}
    />
  );
}

function More({ hidden, ...props }: CalendarDayProps & { readonly hidden: number }) {
  return (
    <DayPopover
      {...props}
      label={t.moreOn(hidden, formatLongDate(props.date))}
      tabIndex={props.controls.day === props.date ? 0 : -1}
      className="h-6 w-full rounded-sm px-1.5 text-left text-[12px] text-ink-3 hover:bg-sunken hover:text-ink"
    >
      {t.more(hidden)}
    </DayPopover>
  );
}

interface AddOnProps {
  readonly date: PlainDate;
  readonly isChosen: boolean;
}

function AddOn({ date, isChosen }: AddOnProps) {
  const { open } = usePanel();
  const label = t.addOn(formatLongDate(date));
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => open({ kind: "new", due: date })}
      className="grid size-6 place-items-center rounded-md text-ink-3 opacity-0 hover:bg-sunken hover:text-ink group-hover/day:opacity-100 focus-visible:opacity-100 touch:opacity-100"
    >
      <Plus className="size-3.5" aria-hidden="true" />
    </button>
  );
}

interface ChipProps {
  readonly task: Task;
  readonly href: string;
  readonly isOpen: boolean;
  readonly isLate: boolean;
  /** Only the chosen day's tasks are stops of the keyboard: forty days would be too many. */
  readonly isReachable: boolean;
}

const Chip = memo(function Chip({ task, href, isOpen, isLate, isReachable }: ChipProps) {
  const isDone = task.status === "completed";
  return (
    <li data-row={task.id} data-drag={task.id > 0 ? task.id : undefined} className="relative">
      <a
        href={href}
        data-inner="panel"
        draggable={false}
        tabIndex={isReachable ? 0 : -1}
        aria-current={isOpen ? "true" : undefined}
        data-part="link"
        data-task-link={task.id}
        title={task.title}
        className={cx(
          "flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-[12px] -outline-offset-2 after:absolute after:inset-0 hover:bg-sunken",
          isOpen && "bg-soft",
          isDone ? "text-ink-3 line-through" : isLate ? "text-late" : "text-ink",
        )}
      >
        <StatusRing status={task.status} className="size-3 shrink-0" />
        {task.due_time && <span className="shrink-0 text-ink-3">{task.due_time}</span>}
        <span className="truncate">{task.title}</span>
        {isDone && <span className="sr-only">, {messages.tasks.status.completed}</span>}
        {isLate && <span className="sr-only">, {messages.tasks.late}</span>}
      </a>
    </li>
  );
});
