import { messages } from "@/shared/i18n/messages";
import { formatLongDate } from "@/shared/lib/format-date";
import { cx } from "@/shared/ui/class-names";
import { monthOf } from "../model/calendar";
import type { CalendarDayProps } from "./calendar-day";

const t = messages.views;
const DOTS = 3;

/** A day as wide as a thumb: its number, and a dot for each open task, up to three. */
export function PhoneDay({ date, tasks, controls, now }: CalendarDayProps) {
  const isChosen = controls.day === date;
  const open = tasks.filter(({ status }) => status !== "completed");
  return (
    <td className="p-0 text-center">
      <button
        type="button"
        data-day={date}
        aria-label={t.dayTasks(formatLongDate(date), tasks.length)}
        aria-pressed={isChosen}
        aria-current={date === now.date ? "date" : undefined}
        onClick={() => controls.chooseDay(date)}
        className={cx(
          "mx-auto grid h-11 w-full max-w-11 content-center justify-items-center gap-1 rounded-lg text-[14px] aria-pressed:bg-accent aria-pressed:font-semibold aria-pressed:text-on-accent",
          monthOf(date) !== controls.month && "text-ink-3",
          date === now.date && !isChosen && "font-semibold text-accent",
        )}
      >
        {Number(date.slice(8))}
        <span aria-hidden="true" className="flex h-1 gap-0.5">
          {open.slice(0, DOTS).map((task) => (
            <span key={task.id} className="size-1 rounded-full bg-current" />
          ))}
        </span>
      </button>
    </td>
  );
}
