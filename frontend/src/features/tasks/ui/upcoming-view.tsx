import { Plus } from "lucide-react";
import { useMemo, useRef } from "react";
import { useCommand } from "@/shared/actions/registry";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { formatDay, formatLongDate } from "@/shared/lib/format-date";
import { isPlainDate, type PlainDate, type ZonedNow } from "@/shared/lib/plain-date";
import { useZonedNow } from "@/shared/lib/use-today";
import { cx } from "@/shared/ui/class-names";
import { useDragArea } from "@/shared/ui/use-drag-area";
import { moveToDay } from "../model/move";
import { asGroups, nextDay, type Upcoming, type UpcomingDay, withGroups } from "../model/upcoming";
import { useHeldGroups } from "../model/use-held-groups";
import { usePanel } from "../model/use-panel";
import { DayRow } from "./day-row";
import { DraftRow } from "./draft-row";
import { focusedTask } from "./focused-task";
import { UpdatesButton } from "./updates-button";
import { useCardTools } from "./use-card-tools";
import { type TaskLinks, useTaskLinks } from "./use-task-links";

const t = messages.views;

interface UpcomingViewProps {
  readonly upcoming: Upcoming;
}

/** What is overdue, then two weeks day by day. */
export function UpcomingView({ upcoming: current }: UpcomingViewProps) {
  const area = useRef<HTMLDivElement>(null);
  const now = useZonedNow();
  const links = useTaskLinks();
  const live = useMemo(() => asGroups(current), [current]);
  const { groups, waiting, apply } = useHeldGroups(live, area);
  const upcoming = useMemo(() => withGroups(current, groups), [current, groups]);
  const tasks = useMemo(
    () => [...upcoming.overdue, ...upcoming.days.flatMap((day) => day.tasks)],
    [upcoming],
  );
  const find = (id: number | null) => tasks.find((task) => task.id === id);
  const move = (task: Task, date: PlainDate) => moveToDay(task, date, now.date);
  const { place } = useDragArea(area, (item, to) => {
    const task = find(Number(item));
    if (task && isPlainDate(to)) move(task, to);
  });
  useMoveKeys(() => find(focusedTask()), now.date);
  useCardTools(area, links.openId);
  const rows = { now, links, move };
  return (
    <div ref={area} data-arrow-keys className="mt-4 flex flex-col gap-y-1 pb-10 phone:pb-24">
      {waiting > 0 && <UpdatesButton count={waiting} onApply={apply} className="-mb-1" />}
      {upcoming.overdue.length > 0 && (
        <section aria-labelledby="overdue" className="mb-3">
          <h2
            id="overdue"
            className="flex h-9 items-center gap-2 px-2 text-[12.5px] font-semibold text-late"
          >
            {t.overdue}
            <span className="font-normal text-ink-3">{upcoming.overdue.length}</span>
          </h2>
          <Rows tasks={upcoming.overdue} name={t.overdue} {...rows} />
        </section>
      )}
      {upcoming.days.map((day) => (
        <Day key={day.date} day={day} isOver={place === day.date} {...rows} />
      ))}
    </div>
  );
}

interface RowContext {
  readonly now: ZonedNow;
  readonly links: TaskLinks;
  readonly move: (task: Task, date: PlainDate) => void;
}

interface DayProps extends RowContext {
  readonly day: UpcomingDay;
  readonly isOver: boolean;
}

function Day({ day, isOver, ...rows }: DayProps) {
  const { date, tasks } = day;
  const { now } = rows;
  const { open } = usePanel();
  const name = formatLongDate(date);
  const short = formatDay(date, now.date);
  const isNamed = messages.dates.named[0] === short || messages.dates.named[1] === short;
  return (
    <section
      aria-labelledby={`day-${date}`}
      data-drop={date}
      className={cx(
        "rounded-lg",
        isOver && "bg-soft outline-2 -outline-offset-2 outline-accent outline-dashed",
      )}
    >
      <div className="flex h-9 touch:h-11 items-center gap-2 px-2">
        <h2
          id={`day-${date}`}
          className={cx(
            "text-[12.5px]",
            tasks.length > 0 ? "font-semibold text-ink-2" : "font-normal text-ink-3",
          )}
        >
          {isNamed && <span className="mr-2 font-semibold text-ink">{short}</span>}
          {name}
        </h2>
        {tasks.length > 0 && <span className="text-[12.5px] text-ink-3">{tasks.length}</span>}
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
        <button
          type="button"
          aria-label={t.addOn(name)}
          title={t.addOn(name)}
          data-task-link={`new-${date}`}
          onClick={() => open({ kind: "new", due: date })}
          className="grid size-7 touch:size-11 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <Plus className="size-4" aria-hidden="true" />
        </button>
      </div>
      {tasks.length > 0 && <Rows tasks={tasks} name={name} {...rows} />}
    </section>
  );
}

interface RowsProps extends RowContext {
  readonly tasks: readonly Task[];
  readonly name: string;
}

function Rows({ tasks, name, now, links, move }: RowsProps) {
  return (
    <ul aria-label={messages.tasks.listLabel(name)} className="mb-3">
      {tasks.map((task) =>
        task.id < 0 ? (
          <DraftRow key={task.id} task={task} place={undefined} />
        ) : (
          <DayRow
            key={task.id}
            task={task}
            href={links.hrefOf(task.id)}
            isOpen={task.id === links.openId}
            now={now}
            move={move}
          />
        ),
      )}
    </ul>
  );
}

function useMoveKeys(focused: () => Task | undefined, today: PlainDate): void {
  const options = { isEnabled: () => Boolean(focused()?.due_date) };
  const step = (by: 1 | -1) => {
    const task = focused();
    if (!task?.due_date) return;
    const date = nextDay(task.due_date, by, today);
    if (date) moveToDay(task, date, today);
    else announce(by < 0 ? t.firstPlace : t.lastPlace);
  };
  useCommand("task.moveUp", () => step(-1), options);
  useCommand("task.moveDown", () => step(1), options);
}
