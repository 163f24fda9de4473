import { ChevronRight } from "lucide-react";
import {
  Suspense,
  startTransition,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useSearchParams } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { usePainted } from "@/shared/lib/use-painted";
import { cx } from "@/shared/ui/class-names";
import type { TaskGroup } from "../model/groups";
import { setOrder } from "../model/selection";
import { readPanel } from "../model/url";
import { useHeldGroups } from "../model/use-held-groups";
import type { TaskList as TaskListData } from "../model/use-tasks";
import { LoadMore } from "./load-more";
import { TaskRows, type TaskRowsProps } from "./task-rows";

const t = messages.tasks;
/** With more rows than this only those near the window are drawn. */
const LONG = 150;
/** A telephone's worth of rows is painted first; the rest follows in steps that input interrupts. */
const FIRST = 12;
const STEP = 24;

const UpdatesButton = lazyWithRetry(() =>
  import("./list-tools").then((module) => module.UpdatesButton),
);
const ListTools = lazyWithRetry(() => import("./list-tools").then((module) => module.ListTools));

interface TaskListProps {
  readonly list: TaskListData;
  /** Asked for completed tasks, so they are shown without another press. */
  readonly isCompletedOpen: boolean;
}

export function TaskList({ list, isCompletedOpen }: TaskListProps) {
  const [isToggled, setToggled] = useState(false);
  const isOpen = isCompletedOpen !== isToggled;
  const root = useRef<HTMLDivElement>(null);
  const { groups, waiting, apply } = useHeldGroups(list.groups, root);
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
  const drawn = useDrawnCount(order.length);
  const isPainted = usePainted();
  const rows = { openId, isLong: order.length > LONG };
  return (
    <div ref={root} data-arrow-keys className="mt-2 flex flex-col gap-y-3 pb-10 phone:pb-24">
      {waiting > 0 && (
        <Suspense fallback={null}>
          <UpdatesButton count={waiting} onApply={apply} className="-mb-3" />
        </Suspense>
      )}
      {withRoom(groups, drawn).map(({ group, room }) =>
        group.name === "completed" ? (
          <CompletedGroup
            key={group.name}
            group={group}
            isOpen={isOpen}
            onToggle={() => setToggled(!isToggled)}
            hasMore={list.hasMore.completed}
            rows={{ ...rows, room }}
          />
        ) : (
          <OpenGroup key={group.name} group={group} rows={{ ...rows, room }} />
        ),
      )}
      {list.hasMore.open && <LoadMore which="open" />}
      {isPainted && (
        <Suspense fallback={null}>
          <ListTools order={order} openId={openId} />
        </Suspense>
      )}
    </div>
  );
}

function useDrawnCount(total: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  useEffect(() => {
    if (drawn < total) startTransition(() => setDrawn(drawn + STEP));
  }, [drawn, total]);
  return drawn;
}

/** How many rows of each group may be drawn, when so many may in all. */
function withRoom(groups: readonly TaskGroup[], drawn: number) {
  let left = drawn;
  return groups.map((group) => {
    const room = Math.max(left, 0);
    left -= group.tasks.length;
    return { group, room };
  });
}

function useOpenId(): number | null {
  const [params] = useSearchParams();
  const panel = readPanel(params);
  return panel?.kind === "task" ? panel.id : null;
}

interface GroupProps {
  readonly group: TaskGroup;
  readonly rows: Pick<TaskRowsProps, "openId" | "isLong" | "room">;
}

function OpenGroup({ group, rows }: GroupProps) {
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
      <TaskRows label={t.listLabel(group.label)} tasks={group.tasks} {...rows} />
    </section>
  );
}

interface CompletedGroupProps extends GroupProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly hasMore: boolean;
}

/** At the end and closed: done is done, until somebody wants to look. */
function CompletedGroup({ group, rows, isOpen, onToggle, hasMore }: CompletedGroupProps) {
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
      {isOpen && <TaskRows label={t.listLabel(group.label)} tasks={group.tasks} {...rows} />}
      {isOpen && hasMore && <LoadMore which="completed" />}
    </section>
  );
}
