import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import { Link } from "react-router";
import { queryKeys } from "@/shared/api/query-keys";
import type { Progress } from "@/shared/api/types";
import { formatNumber } from "@/shared/i18n/count";
import { messages } from "@/shared/i18n/messages";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { getProgress } from "../api";
import { totalOf } from "../model/weeks";
import { AgeBars, LabelBars } from "./bars";
import { DayChart } from "./day-chart";

const t = messages.progress;
const DAYS_OF_WEEK = 7;

export function ProgressView() {
  // Every completed task changes it, so it is asked for at each visit.
  const query = useQuery({ queryKey: queryKeys.progress, queryFn: getProgress, staleTime: 0 });
  if (!query.data) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  const { open_total, completed_total } = query.data;
  return open_total + completed_total === 0 ? <NothingYet /> : <Charts progress={query.data} />;
}

function NothingYet() {
  return (
    <EmptyState icon={ChartNoAxesColumn} title={t.emptyTitle} lead={t.emptyLead}>
      <Link to="/" className="font-semibold text-accent underline underline-offset-3">
        {t.emptyAction}
      </Link>
    </EmptyState>
  );
}

function Charts({ progress }: { readonly progress: Progress }) {
  const { completed_per_day: days, open_by_age, by_label, open_total, completed_total } = progress;
  return (
    <div className="mt-6 grid grid-cols-1 gap-9 pb-10">
      <dl className="grid grid-cols-3 divide-x divide-line rounded-xl border border-line bg-surface phone:text-center">
        <Figure name={t.lastWeek} value={totalOf(days.slice(-DAYS_OF_WEEK))} />
        <Figure name={t.completed} value={completed_total} />
        <Figure name={t.open} value={open_total} />
      </dl>
      <DayChart days={days} />
      <div className="grid grid-cols-2 gap-9 phone:grid-cols-1">
        <AgeBars ages={open_by_age} />
        {by_label.length > 0 && <LabelBars labels={by_label} />}
      </div>
    </div>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div className="flex flex-col-reverse justify-end px-5 py-4 phone:px-2">
      <dt className="text-[12.5px] text-ink-3">{name}</dt>
      <dd className="text-[25px] leading-tight font-[680] tracking-[-0.015em]">
        {formatNumber(value)}
      </dd>
    </div>
  );
}
