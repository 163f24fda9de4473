import type { Progress } from "@/shared/api/types";

export type Day = Progress["completed_per_day"][number];

export interface Week {
  /** Its first day. */
  readonly date: string;
  readonly days: readonly Day[];
  readonly total: number;
}

const DAYS = 7;

/** Whole weeks that end today, oldest first. */
export function weeksOf(days: readonly Day[]): Week[] {
  const weeks: Week[] = [];
  for (let end = days.length; end > 0; end -= DAYS) {
    const week = days.slice(Math.max(0, end - DAYS), end);
    weeks.unshift({ date: week[0]?.date ?? "", days: week, total: totalOf(week) });
  }
  return weeks;
}

export function totalOf(days: readonly Day[]): number {
  return days.reduce((sum, { count }) => sum + count, 0);
}

/** The day on which most was completed, the latest of several; null where nothing was. */
export function bestDay(days: readonly Day[]): Day | null {
  const best = days.reduce<Day | null>(
    (last, day) => (day.count >= (last?.count ?? 1) ? day : last),
    null,
  );
  return best;
}
