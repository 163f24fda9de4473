import type { ReactNode } from "react";
import { isFiltered, NO_FILTER } from "@/features/tasks/model/filter";
import { useListControls } from "@/features/tasks/model/use-filter";
import { usePanel } from "@/features/tasks/model/use-panel";
import type { TaskList } from "@/features/tasks/model/use-tasks";
import { FilterButton, FilterChips } from "@/features/tasks/ui/filter-bar";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { AddButton } from "./add-button";
import { FirstUse, NoMatch } from "./empty-states";
import { LazyTaskPanel } from "./lazy-task-panel";
import { PageFrame } from "./page-frame";

interface ViewPageProps {
  readonly title: string;
  readonly lead: string;
  readonly list: TaskList;
  readonly width: "text" | "full" | "screen";
  readonly actions?: ReactNode;
  /** What is shown even without a task: days, for one. */
  readonly isNeverEmpty?: boolean;
  readonly children: ReactNode;
}

/** Around a view other than the list: filters, the open task, and what there is instead of rows. */
export function ViewPage(props: ViewPageProps) {
  const { title, lead, list, width, actions, isNeverEmpty, children } = props;
  const { filter, setFilter } = useListControls();
  const { open } = usePanel();
  const isPhone = useMediaQuery(PHONE);
  const startAdding = () => open({ kind: "new" });
  const isNothing = list.state === "empty" || list.state === "first_use";
  const isNarrowed = isFiltered(filter);
  return (
    <>
      <PageFrame
        title={title}
        lead={lead}
        width={width}
        actions={
          <>
            {actions}
            <FilterButton filter={filter} onChange={setFilter} />
          </>
        }
      >
        {isPhone && <AddButton />}
        <FilterChips filter={filter} onChange={setFilter} />
        {list.state === "loading" && <SkeletonRows />}
        {list.state === "error" && <LoadError error={list.error} retry={list.retry} />}
        {isNothing && isNarrowed && !isNeverEmpty && (
          <NoMatch onClear={() => setFilter(NO_FILTER)} />
        )}
        {isNothing && !isNarrowed && !isNeverEmpty && <FirstUse onAdd={startAdding} />}
        {(list.state === "ready" || (isNothing && isNeverEmpty)) && children}
      </PageFrame>
      <LazyTaskPanel defaultDue={null} />
    </>
  );
}
