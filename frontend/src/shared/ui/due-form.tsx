import { type FormEvent, useId, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import {
  daysBetween,
  endOfWeek,
  FIRST_DAY,
  LAST_DAY,
  type PlainDate,
  plusDays,
} from "@/shared/lib/plain-date";
import { Button } from "./button";
import { cx } from "./class-names";
import type { Due, DueButtonProps } from "./due-button";

const t = messages.due;
const MONDAY = 1;

export interface DueFormProps extends Pick<DueButtonProps, "value" | "today" | "onChange"> {
  readonly close: () => void;
}

/** A half-typed date is no date, so typing changes nothing before it is done. */
export function DueForm({ value, today, onChange, close }: DueFormProps) {
  const [draft, setDraft] = useState(value);
  const commit = (due: Due) => {
    if (due.due_date !== value.due_date || due.due_time !== value.due_time) onChange(due);
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A popover is a React child of its opener: its submit must not reach a form around that.
    event.stopPropagation();
    commit(draft);
  };
  return (
    <>
      <QuickDates
        value={value.due_date}
        today={today}
        choose={(date) => commit({ due_date: date, due_time: date ? draft.due_time : null })}
      />
      <form onSubmit={submit} className="mt-1 grid gap-2 border-t border-line p-2">
        <DateInputs value={draft} today={today} onChange={setDraft} />
        <Button type="submit" variant="primary">
          {t.done}
        </Button>
      </form>
    </>
  );
}

interface QuickDatesProps {
  readonly value: PlainDate | null;
  readonly today: PlainDate;
  readonly choose: (date: PlainDate | null) => void;
}

function QuickDates({ value, today, choose }: QuickDatesProps) {
  // Wherever weeks start, the next one is meant from its first working day.
  const nextMonday = plusDays(endOfWeek(today, MONDAY), 1);
  const days: readonly (readonly [string, PlainDate | null])[] = [
    [t.today, today],
    [t.tomorrow, plusDays(today, 1)],
    // On a Sunday next week starts tomorrow; saying it twice helps nobody.
    ...(daysBetween(today, nextMonday) > 1 ? [[t.nextWeek, nextMonday] as const] : []),
    [t.none, null],
  ];
  return days.map(([name, date]) => (
    <button
      key={name}
      type="button"
      aria-pressed={date === value}
      onClick={() => choose(date)}
      className="flex h-8 touch:h-11 w-full items-center rounded-sm px-2.5 text-left text-[13.5px] hover:bg-sunken aria-pressed:font-semibold aria-pressed:text-accent"
    >
      {name}
    </button>
  ));
}

function DateInputs({ value, today, onChange }: Omit<DueFormProps, "close">) {
  const id = useId();
  const input = "field h-9 touch:h-11 w-full min-w-0 px-2 text-[13.5px]";
  return (
    <div className="grid grid-cols-[1fr_120px] gap-2 text-[12.5px] text-ink-3">
      <label htmlFor={`${id}-date`}>{t.date}</label>
      <label htmlFor={`${id}-time`}>{t.time}</label>
      <input
        id={`${id}-date`}
        type="date"
        min={FIRST_DAY}
        max={LAST_DAY}
        className={cx(input, "text-ink")}
        value={value.due_date ?? ""}
        onChange={(event) => onChange(withDate(value, event.target.value))}
      />
      <input
        id={`${id}-time`}
        type="time"
        className={cx(input, "text-ink")}
        value={value.due_time ?? ""}
        onChange={(event) =>
          onChange({
            due_date: value.due_date ?? today,
            due_time: event.target.value || null,
          })
        }
      />
    </div>
  );
}

function withDate(value: Due, date: string): Due {
  return date ? { due_date: date, due_time: value.due_time } : { due_date: null, due_time: null };
}
