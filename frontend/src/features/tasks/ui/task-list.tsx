import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import { messages } from "@/shared/i18n/messages";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { useZonedNow } from "@/shared/lib/use-today";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import type { TaskGroup } from "../model/groups";
import { loadMore } from "../model/load";
import { readPanel, writePanel } from "../model/url";
import type { TaskList as TaskListData } from "../model/use-tasks";
import { DraftRow } from "./draft-row";
import { TaskRow } from "./task-row";

const t = messages.tasks;

interface TaskListProps {
  readonly list: TaskListData;
  /** Asked for completed tasks, so they are shown without another press. */
  readonly isCompletedOpen: boolean;
}

export function TaskList({ list, isCompletedOpen }: TaskListProps) {
  return (
    <div className="mt-2 grid gap-y-3 pb-10 phone:pb-24">
      {list.groups.map((group) =>
        group.name === "completed" ? (
          <CompletedGroup
            key={group.name}
            group={group}
            isAsked={isCompletedOpen}
            hasMore={list.hasMore.completed}
          />
        ) : (
          <OpenGroup key={group.name} group={group} />
        ),
      )}
      {list.hasMore.open && <MoreButton which="open" />}
    </div>
  );
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
  readonly isAsked: boolean;
  readonly hasMore: boolean;
}

/** At the end and closed: done is done, until somebody wants to look. */
function CompletedGroup({ group, isAsked, hasMore }: CompletedGroupProps) {
  const [isToggled, setToggled] = useState(false);
  const isOpen = isAsked !== isToggled;
  return (
    <section>
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setToggled(!isToggled)}
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
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const panel = readPanel(params);
  const openId = panel?.kind === "task" ? panel.id : null;
  const hrefOf = (id: number) =>
    `${pathname}?${writePanel(params, { kind: "task", id, doing: "view" })}`;
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
            now={now satisfies ZonedNow}
          />
        ),
      )}
    </ul>
  );
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
