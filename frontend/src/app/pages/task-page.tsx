import { Sunrise } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { Link } from "react-router";
import { QuickAdd } from "@/features/quick-add/quick-add";
import { createFromInput } from "@/features/tasks/model/commands";
import { createMany } from "@/features/tasks/model/create-many";
import { isFiltered, NO_FILTER } from "@/features/tasks/model/filter";
import { useListControls } from "@/features/tasks/model/use-filter";
import { usePanel } from "@/features/tasks/model/use-panel";
import {
  type ListView,
  type TaskList as TaskListData,
  useTaskList,
} from "@/features/tasks/model/use-tasks";
import { CHIP_ACTION, FilterButton, FilterChips } from "@/features/tasks/ui/filter-bar";
import { TaskList } from "@/features/tasks/ui/task-list";
import { ViewMenu } from "@/features/tasks/ui/view-menu";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { AddButton } from "./add-button";
import { FirstUse, NoMatch } from "./empty-states";
import { LazyTaskPanel } from "./lazy-task-panel";
import { PageFrame } from "./page-frame";

const SaveFilterButton = lazyWithRetry(() =>
  import("@/features/filters/ui/save-filter-button").then((module) => module.SaveFilterButton),
);

interface TaskPageProps {
  readonly view: ListView;
  readonly title: string;
  readonly lead: string;
  /** What a new task on this page is due. */
  readonly defaultDue: string | null;
}

export function TaskPage({ view, title, lead, defaultDue }: TaskPageProps) {
  const { filter, arrangement, query, setFilter, setArrangement } = useListControls();
  const list = useTaskList(view, filter, arrangement);
  useAnnouncedCount(list, query);
  const isPhone = useMediaQuery(PHONE);
  const quickAdd = useRef<HTMLInputElement>(null);
  const { open } = usePanel();
  const startAdding = () => (isPhone ? open({ kind: "new" }) : quickAdd.current?.focus());
  const isNarrowed = isFiltered(filter);
  return (
    <>
      <PageFrame
        title={title}
        lead={lead}
        actions={
          <>
            <FilterButton filter={filter} onChange={setFilter} />
            <ViewMenu arrangement={arrangement} onChange={setArrangement} />
          </>
        }
      >
        {isPhone ? (
          <AddButton />
        ) : (
          <QuickAdd
            field={quickAdd}
            defaultDue={defaultDue}
            onAdd={createFromInput}
            onAddMany={createMany}
          />
        )}
        <FilterChips filter={filter} onChange={setFilter}>
          <Suspense fallback={null}>
            <SaveFilterButton
              view={{ query, grouping: arrangement.grouping }}
              className={CHIP_ACTION}
            />
          </Suspense>
        </FilterChips>
        {list.state === "loading" && <SkeletonRows />}
        {list.state === "error" && <LoadError error={list.error} retry={list.retry} />}
        {list.state === "first_use" && <FirstUse onAdd={startAdding} />}
        {list.state === "empty" && isNarrowed && <NoMatch onClear={() => setFilter(NO_FILTER)} />}
        {list.state === "empty" && !isNarrowed && <NothingHere view={view} onAdd={startAdding} />}
        {list.state === "ready" && (
          <TaskList list={list} isCompletedOpen={filter.status.includes("completed")} />
        )}
      </PageFrame>
      <LazyTaskPanel defaultDue={defaultDue} />
    </>
  );
}

/** Whoever can't see the list shrink hears how many tasks are left. */
function useAnnouncedCount({ groups, state }: TaskListData, query: string): void {
  const last = useRef(query);
  useEffect(() => {
    if (last.current === query || state === "loading") return;
    last.current = query;
    announce(messages.filter.found(groups.reduce((sum, { tasks }) => sum + tasks.length, 0)));
  }, [groups, query, state]);
}

const t = messages.empty;

interface NothingHereProps {
  readonly view: ListView;
  readonly onAdd: () => void;
}

function NothingHere({ view, onAdd }: NothingHereProps) {
  if (view === "all") return <FirstUse onAdd={onAdd} />;
  return (
    <EmptyState icon={Sunrise} title={t.todayTitle} lead={t.todayLead}>
      <Link to="/tasks" className="font-semibold text-accent underline underline-offset-3">
        {t.todayAction}
      </Link>
    </EmptyState>
  );
}
