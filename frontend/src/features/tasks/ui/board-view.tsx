import { useMemo, useRef, useState } from "react";
import { useCommand } from "@/shared/actions/registry";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { useZonedNow } from "@/shared/lib/use-today";
import { useDragArea } from "@/shared/ui/use-drag-area";
import {
  asColumns,
  asGroups,
  type BoardColumn as Column,
  columnsOf,
  isStatus,
  neighbourOf,
  nextStatus,
} from "../model/board";
import { toggleDone } from "../model/commands";
import { moveToStatus } from "../model/move";
import { focusRow } from "../model/rows";
import { useHeldGroups } from "../model/use-held-groups";
import type { TaskList } from "../model/use-tasks";
import { BoardColumn } from "./board-column";
import { ColumnTabs } from "./column-tabs";
import { focusedTask } from "./focused-task";
import { UpdatesButton } from "./updates-button";
import { useCardTools } from "./use-card-tools";
import { useTaskLinks } from "./use-task-links";

const t = messages.views;

interface BoardViewProps {
  readonly list: TaskList;
}

/** Columns by status, all of them beside each other, or one at a time on a phone. */
export function BoardView({ list }: BoardViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const live = useMemo(
    () => asGroups(columnsOf(list.groups.flatMap((group) => group.tasks))),
    [list.groups],
  );
  const { groups, waiting, apply } = useHeldGroups(live, root);
  const columns = useMemo(() => asColumns(groups), [groups]);
  const [shown, setShown] = useState<TaskStatus>("pending");
  const isPhone = useMediaQuery(PHONE);
  const now = useZonedNow();
  const links = useTaskLinks();
  const find = (id: number) => columns.flatMap(({ tasks }) => tasks).find((one) => one.id === id);
  const dragging = useDragArea(area, (item, place) => {
    const task = find(Number(item));
    if (task && isStatus(place)) moveToStatus(task, place);
  });
  const dragged = dragging.item === null ? undefined : find(Number(dragging.item));
  const focused = () => find(focusedTask() ?? 0);
  const kept = useCardTools(area, links.openId);
  useCompleteKey(focused, columns);
  useMoveKeys(focused);
  const visible = useMemo(
    () => (isPhone ? columns.filter(({ status }) => status === shown) : columns),
    [columns, isPhone, shown],
  );
  return (
    <div ref={root} className="flex min-h-0 flex-1 flex-col">
      {isPhone && <ColumnTabs columns={columns} shown={shown} onShow={setShown} />}
      {waiting > 0 && <UpdatesButton count={waiting} onApply={apply} />}
      <div
        ref={area}
        data-scroll
        data-arrow-keys
        className="mt-4 grid min-h-[420px] flex-1 auto-cols-[minmax(230px,1fr)] grid-flow-col gap-4 overflow-x-auto pb-6 phone:mt-2 phone:min-h-0 phone:auto-cols-fr phone:pb-24"
      >
        {visible.map((column) => (
          <BoardColumn
            key={column.status}
            column={column}
            links={links}
            now={now}
            dragged={dragged ?? null}
            kept={kept}
            isOver={dragging.place === column.status}
            unloaded={unloadedOf(column, list)}
            move={moveToStatus}
          />
        ))}
      </div>
    </div>
  );
}

function unloadedOf({ status }: Column, { hasMore }: TaskList): "open" | "completed" | null {
  const which = status === "completed" ? "completed" : "open";
  return hasMore[which] ? which : null;
}

/**
 * Moving takes the focus along, completing leaves it with what is next to be done: a
 * second press is meant for the next card, not for the one that is done.
 */
function useCompleteKey(focused: () => Task | undefined, columns: readonly Column[]): void {
  const complete = () => {
    const task = focused();
    if (!task) return;
    const next = neighbourOf(task, columns);
    toggleDone(task);
    if (next) focusRow(next.id);
  };
  useCommand("task.complete", complete, { isEnabled: () => focused() !== undefined });
}

/** Columns stand beside or behind each other, so both pairs of arrows mean the next one. */
function useMoveKeys(focused: () => Task | undefined): void {
  const options = { isEnabled: () => focused() !== undefined };
  const step = (by: 1 | -1) => {
    const task = focused();
    if (!task) return;
    const status = nextStatus(task.status, by);
    if (status) moveToStatus(task, status);
    else announce(by < 0 ? t.firstPlace : t.lastPlace);
  };
  const back = () => step(-1);
  const forth = () => step(1);
  useCommand("task.moveUp", back, options);
  useCommand("task.moveLeft", back, options);
  useCommand("task.moveDown", forth, options);
  useCommand("task.moveRight", forth, options);
}
