import { useMemo, useRef } from "react";
import { useCommand } from "@/shared/actions/registry";
import type { Task } from "@/shared/api/types";
import { isPlainDate, type PlainDate, plusDays } from "@/shared/lib/plain-date";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { useZonedNow } from "@/shared/lib/use-today";
import { useDragArea } from "@/shared/ui/use-drag-area";
import { bucketByDate, tasksOn } from "../model/by-date";
import { weeksOf } from "../model/calendar";
import { moveToDay } from "../model/move";
import { CalendarDay } from "./calendar-day";
import { DayList } from "./day-list";
import { focusedTask } from "./focused-task";
import { MonthBar } from "./month-bar";
import { MonthTable } from "./month-table";
import { PhoneDay } from "./phone-day";
import { useCardTools } from "./use-card-tools";
import { useMonth } from "./use-month";
import { useTaskLinks } from "./use-task-links";

const WEEK = 7;

interface CalendarViewProps {
  readonly tasks: readonly Task[];
}

/** A month of days with their tasks; on a phone, of dots above the chosen day's list. */
export function CalendarView({ tasks }: CalendarViewProps) {
  const area = useRef<HTMLDivElement>(null);
  const now = useZonedNow();
  const isPhone = useMediaQuery(PHONE);
  const links = useTaskLinks();
  const controls = useMonth(now.date);
  const byDate = useMemo(() => bucketByDate(tasks), [tasks]);
  const weeks = useMemo(() => weeksOf(controls.month), [controls.month]);
  const find = (id: number | null) => tasks.find((task) => task.id === id);
  const move = (task: Task, date: PlainDate) => {
    moveToDay(task, date, now.date);
    // The keys go on from where the task went, be it in the next month.
    if (focusedTask() === task.id) controls.chooseDay(date);
  };
  const { place } = useDragArea(area, (item, to) => {
    const task = find(Number(item));
    if (task && isPlainDate(to)) moveToDay(task, to, now.date);
  });
  // Not what a day's list shows above the month.
  const isInMonth = () => area.current?.contains(document.activeElement);
  useMoveKeys(() => (isInMonth() ? find(focusedTask()) : undefined), move);
  // On its way to the next month a task is nowhere for a moment; no other gets its keys.
  const kept = useCardTools(area, links.openId, tasksOn(byDate, controls.target));
  const Day = isPhone ? PhoneDay : CalendarDay;
  return (
    <div ref={area} className="mt-4 flex min-h-0 flex-1 flex-col pb-6 phone:pb-24">
      <MonthBar {...controls} today={now.date} />
      <MonthTable
        weeks={weeks}
        controls={controls}
        cell={(date) => (
          <Day
            key={date}
            date={date}
            tasks={tasksOn(byDate, date)}
            controls={controls}
            links={links}
            now={now}
            isOver={place === date}
            kept={kept}
            move={move}
          />
        )}
      />
      {isPhone && (
        <DayList
          date={controls.day}
          tasks={tasksOn(byDate, controls.day)}
          links={links}
          now={now}
          move={move}
        />
      )}
    </div>
  );
}

function useMoveKeys(
  focused: () => Task | undefined,
  move: (task: Task, date: PlainDate) => void,
): void {
  const options = { isEnabled: () => Boolean(focused()?.due_date) };
  const step = (days: number) => () => {
    const task = focused();
    const date = task?.due_date && plusDays(task.due_date, days);
    if (task && date && isPlainDate(date)) move(task, date);
  };
  useCommand("task.moveUp", step(-WEEK), options);
  useCommand("task.moveDown", step(WEEK), options);
  useCommand("task.moveLeft", step(-1), options);
  useCommand("task.moveRight", step(1), options);
}
