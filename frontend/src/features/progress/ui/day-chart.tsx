import { useState } from "react";
import { formatNumber } from "@/shared/i18n/count";
import { messages } from "@/shared/i18n/messages";
import { formatDay, formatWeekday } from "@/shared/lib/format-date";
import { Button } from "@/shared/ui/button";
import { bestDay, type Day, totalOf, weeksOf } from "../model/weeks";

const t = messages.progress;
const STEP = 10;
const BAR = 7;
const HEIGHT = 120;
/** What a day without any is drawn as, so that it is seen to be a day. */
const NONE = 2;

interface DayChartProps {
  /** Oldest first; the last is today. */
  readonly days: readonly Day[];
}

export function DayChart({ days }: DayChartProps) {
  const [isTable, setTable] = useState(false);
  return (
    <section>
      <div className="flex items-center justify-between gap-4">
        <h2 className="text-[15px] font-semibold">{t.perDay}</h2>
        <Button variant="ghost" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? t.asChart : t.asTable}
        </Button>
      </div>
      {isTable ? <DayTable days={days} /> : <DayBars days={days} />}
    </section>
  );
}

function DayBars({ days }: DayChartProps) {
  const today = days.at(-1)?.date ?? "";
  const best = bestDay(days);
  const most = best?.count ?? 1;
  const summary = t.summary(
    totalOf(days),
    best && { day: formatDay(best.date, today), count: best.count },
  );
  return (
    <figure className="mt-2">
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary}
        className="h-36 w-full border-b border-line-strong"
      >
        {days.map(({ date, count }, index) => {
          const height = count === 0 ? NONE : Math.max((count / most) * HEIGHT, 2 * NONE);
          return (
            <rect
              key={date}
              x={index * STEP + (STEP - BAR) / 2}
              y={HEIGHT - height}
              width={BAR}
              height={height}
              className={count === 0 ? "fill-bar" : "fill-accent"}
            >
              <title>{`${formatDay(date, today)}: ${formatNumber(count)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div aria-hidden="true" className="mt-1.5 flex justify-between text-[12px] text-ink-3">
        <span>{formatDay(days[0]?.date ?? today, today)}</span>
        <span>{formatDay(days[Math.floor(days.length / 2)]?.date ?? today, today)}</span>
        <span>{formatDay(today, today)}</span>
      </div>
      <figcaption className="mt-2 text-[13px] text-ink-2">{summary}</figcaption>
    </figure>
  );
}

function DayTable({ days }: DayChartProps) {
  const today = days.at(-1)?.date ?? "";
  return (
    <table className="mt-2 w-full text-right text-[13px]">
      <caption className="sr-only">{t.tableCaption}</caption>
      <thead className="text-[12px] text-ink-3">
        <tr>
          <th scope="col" className="py-1.5 pr-2 text-left font-medium">
            {t.weekFrom}
          </th>
          {days.slice(-7).map(({ date }) => (
            <th key={date} scope="col" className="font-medium">
              {formatWeekday(date)}
            </th>
          ))}
          <th scope="col" className="font-medium">
            {t.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.date} className="border-t border-line">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal whitespace-nowrap">
              {formatDay(week.date, today)}
            </th>
            {week.days.map(({ date, count }) => (
              <td key={date} className={count === 0 ? "text-ink-3" : "font-semibold"}>
                {formatNumber(count)}
              </td>
            ))}
            <td className="font-semibold">{formatNumber(week.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
