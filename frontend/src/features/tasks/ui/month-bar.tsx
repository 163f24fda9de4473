import { ChevronLeft, ChevronRight } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { formatMonth } from "@/shared/lib/format-date";
import type { PlainDate } from "@/shared/lib/plain-date";
import { Button, IconButton } from "@/shared/ui/button";
import { firstOf, plusMonths } from "../model/calendar";
import type { MonthControls } from "./use-month";

const t = messages.views;

interface MonthBarProps extends MonthControls {
  readonly today: PlainDate;
}

export function MonthBar({ month, chooseMonth, chooseDay, today }: MonthBarProps) {
  return (
    <div className="mb-2 flex items-center gap-1">
      <h2 aria-live="polite" className="flex-1 text-[15px] font-semibold">
        {formatMonth(firstOf(month))}
      </h2>
      <Button onClick={() => chooseDay(today)}>{t.thisMonth}</Button>
      <IconButton label={t.previousMonth} onClick={() => chooseMonth(plusMonths(month, -1))}>
        <ChevronLeft className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={t.nextMonth} onClick={() => chooseMonth(plusMonths(month, 1))}>
        <ChevronRight className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  );
}
