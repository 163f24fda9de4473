import { useState } from "react";
import { useSearchParams } from "react-router";
import type { PlainDate } from "@/shared/lib/plain-date";
import { firstOf, monthOf, type PlainMonth, readMonth, writeMonth } from "../model/calendar";

export interface MonthControls {
  readonly month: PlainMonth;
  /** The day that keys move from; on a phone, the day whose tasks are listed. */
  readonly day: PlainDate;
  /** Where they go, in a month that may yet have to be turned to. */
  readonly target: PlainDate;
  /** Also turns to the day's month. */
  readonly chooseDay: (day: PlainDate) => void;
  readonly chooseMonth: (month: PlainMonth) => void;
}

/** The month stands in the address, the day in it does not: it is where a person looks. */
export function useMonth(today: PlainDate): MonthControls {
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<PlainDate | null>(null);
  const month = readMonth(params, today);
  const start = monthOf(today) === month ? today : firstOf(month);
  const day = chosen !== null && monthOf(chosen) === month ? chosen : start;
  const chooseMonth = (next: PlainMonth) => {
    if (next === month) return;
    setParams((last) => writeMonth(last, next, today), { replace: true, preventScrollReset: true });
  };
  const chooseDay = (next: PlainDate) => {
    setChosen(next);
    chooseMonth(monthOf(next));
  };
  return { month, day, target: chosen ?? day, chooseDay, chooseMonth };
}
