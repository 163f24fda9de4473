import { count, formatNumber } from "../count";

interface Best {
  readonly day: string;
  readonly count: number;
}

export const progress = {
  title: "Progress",
  lead: "What you got done in twelve weeks, and what is still open.",
  lastWeek: "Done in 7 days",
  completed: "Done in all",
  open: "Open",
  perDay: "Completed per day",
  asTable: "Show as table",
  asChart: "Show as chart",
  summary: (n: number, best: Best | null) =>
    best
      ? `${count(n, "task", "tasks")} completed in twelve weeks; most on one day: ${formatNumber(best.count)} (${best.day}).`
      : "No task was completed in the last twelve weeks.",
  tableCaption: "Completed tasks by week and day",
  weekFrom: "Week from",
  total: "Total",
  byAge: "Open tasks by age",
  ages: {
    day: "Up to a day",
    week: "Up to a week",
    month: "Up to a month",
    quarter: "Up to 3 months",
    older: "Older",
  },
  byLabel: "By label",
  labelCounts: (open: number, done: number) =>
    `${formatNumber(done)} done, ${formatNumber(open)} open`,
  emptyTitle: "Nothing to look back on yet",
  emptyLead: "Complete a task, and this page starts to fill.",
  emptyAction: "Go to Today",
};
