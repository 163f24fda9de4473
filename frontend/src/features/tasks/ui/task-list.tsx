import { ChevronRight } from "lucide-react";
import { Suspense, useLayoutEffect, useMemo, useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import type { TaskGroup } from "../model/groups";
import { loadMore } from "../model/load";
import { selectionStore, setOrder } from "../model/selection";
import { readPanel, writePanel } from "../model/url";
import type { TaskList as TaskListData } from "../model/use-tasks";
import { DraftRow } from "./draft-row";
import { TaskRow } from "./task-row";

const t = messages.tasks;

const ListTools = lazyWithRetry(() => import("./list-tools").then((module) => module.ListTools));

interface TaskListProps {
  readonly list: TaskListData;
  /** Asked for completed tasks, so they are shown without another press. */
  readonly isCompletedOpen: boolean;
}

export function TaskList({ list, isCompletedOpen }: TaskListProps) {
  const [isToggled, setToggled] = useState(false);
  const isOpen = isCompletedOpen !== isToggled;
  const { groups } = list;
  const order = useMemo(
    () =>
      groups
        .filter(({ name }) => isOpen || name !== "completed")
        .flatMap(({ tasks }) => tasks.map(({ id }) => id)),
    [groups, isOpen],
  );
  useLayoutEffect(() => setOrder(order), [order]);
  useLayoutEffect(() => () => setOrder([]), []);
  const openId = useOpenId();
  return (
    <div data-arrow-keys className="mt-2 grid gap-y-3 pb-10 phone:pb-24">
      {groups.map((group) =>
        group.name === "completed" ? (
          <CompletedGroup
            key={group.name}
            group={group}
            isOpen={isOpen}
            onToggle={() => setToggled(!isToggled)}
            hasMore={list.hasMore.completed}
          />
        ) : (
          <OpenGroup key={group.name} group={group} />
        ),
      )}
      {list.hasMore.open && <MoreButton which="open" />}
      <Suspense fallback={null}>
        <ListTools order={order} openId={openId} />
      </Suspense>
    </div>
  );
}

function useOpenId(): number | null {
  const [params] = useSearchParams();
  const panel = readPanel(params);
  return panel?.kind === "task" ? panel.id : null;
}

function OpenGroup({ group }: { readonly group: TaskGroup }) {
  return (
    <section aria-labelledby={`group-${group.name}`}>
      <h2
        id={`group-${group.name}`}
        className={cx(
          "flex h-8 items-center gap-2 px-2 text-[12.5px] font-semibold",
          group.name === "overdue" ? "text-late" : "text-ink-2",
        )}
      >
        {group.label}
        <span className="font-normal text-ink-3">{group.tasks.length}</span>
      </h2>
      <Rows group={group} />
    </section>
  );
}

interface CompletedGroupProps {
  readonly group: TaskGroup;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly hasMore: boolean;
}

/** At the end and closed: done is done, until somebody wants to look. */
function CompletedGroup({ group, isOpen, onToggle, hasMore }: CompletedGroupProps) {
  return (
    <section>
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex h-8 touch:h-11 items-center gap-2 rounded-sm px-2 text-[12.5px] font-semibold text-ink-2 hover:text-ink"
        >
          <ChevronRight
            aria-hidden="true"
            className={cx(
              "-ml-1 size-3.5 transition-transform duration-120",
              isOpen && "rotate-90",
            )}
          />
          {group.label}
          <span className="font-normal text-ink-3">
            {group.tasks.length}
            {hasMore && "+"}
          </span>
        </button>
      </h2>
      {isOpen && <Rows group={group} />}
      {isOpen && hasMore && <MoreButton which="completed" />}
    </section>
  );
}

function Rows({ group }: { readonly group: TaskGroup }) {
  const now = useZonedNow();
  const hrefOf = useHrefs();
  const openId = useOpenId();
  const { ids: selected } = useStore(selectionStore);
  return (
    <ul aria-label={t.listLabel(group.label)}>
      {group.tasks.map((task) =>
        task.id < 0 ? (
          <DraftRow key={task.id} task={task} />
        ) : (
          <TaskRow
            key={task.id}
            task={task}
            href={hrefOf(task.id)}
            isOpen={task.id === openId}
            isSelected={selected.has(task.id)}
            isSelecting={selected.size > 0}
            now={now satisfies ZonedNow}
          />
        ),
      )}
    </ul>
  );
}

/** The address of a task beside this very list, made without parsing it for every row. */
function useHrefs(): (id: number) => string {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const rest = writePanel(params, null).toString();
  return (id) => `${pathname}?${rest && `${rest}&`}task=${id}`;
}

function MoreButton({ which }: { readonly which: "open" | "completed" }) {
  const [isBusy, setBusy] = useState(false);
  const load = () => {
    setBusy(true);
    loadMore(which)
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <Button className="my-3 justify-self-start" onClick={load} disabled={isBusy}>
      {t.loadMore}
    </Button>
  );
}
