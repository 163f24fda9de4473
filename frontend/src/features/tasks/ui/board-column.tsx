import { useState } from "react";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatNumber } from "@/shared/lib/format-number";
import type { ZonedNow } from "@/shared/lib/plain-date";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { StatusRing } from "@/shared/ui/status-ring";
import { type BoardColumn as Column, placeIn } from "../model/board";
import { drawnOf } from "../model/drawn";
import { BoardCard } from "./board-card";
import { DraftRow } from "./draft-row";
import { LoadMore } from "./load-more";
import type { TaskLinks } from "./use-task-links";

const t = messages.views;
/** More cards than anybody reads, and few enough for every device. */
const STEP = 50;

export interface BoardColumnProps {
  readonly column: Column;
  readonly links: TaskLinks;
  readonly now: ZonedNow;
  /** The task in the air, wherever it is from. */
  readonly dragged: Task | null;
  readonly isOver: boolean;
  /** The card that has the focus: it is drawn in the fullest column. */
  readonly kept: number | null;
  /** Which of this column's tasks have not been asked for yet. */
  readonly unloaded: "open" | "completed" | null;
  readonly move: (task: Task, status: TaskStatus) => void;
}

export function BoardColumn(props: BoardColumnProps) {
  const { column, isOver, dragged, kept, unloaded } = props;
  const { status, tasks } = column;
  const [shown, setShown] = useState(STEP);
  const drawn = drawnOf(tasks, shown, kept);
  const name = messages.tasks.status[status];
  const isTarget = isOver && dragged?.status !== status;
  return (
    <section
      aria-labelledby={`column-${status}`}
      data-drop={status}
      className={cx(
        "flex min-h-0 min-w-0 flex-col rounded-xl bg-sunken phone:bg-transparent",
        isTarget && "outline-2 -outline-offset-2 outline-accent",
      )}
    >
      <h2
        id={`column-${status}`}
        className="flex h-11 shrink-0 items-center gap-2 px-4 text-[12.5px] font-semibold phone:sr-only"
      >
        <StatusRing status={status} className="size-4" />
        {name}
        <span className="font-normal text-ink-3">
          {formatNumber(tasks.length)}
          {unloaded && "+"}
        </span>
      </h2>
      <div data-scroll className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-2.5 phone:px-0">
        <Cards
          {...props}
          drawn={drawn}
          slot={isTarget && dragged ? placeIn(column, dragged) : -1}
        />
        {tasks.length === 0 && !isTarget && (
          <p className="px-2 py-6 text-center text-[13px] text-ink-3">{t.columnEmpty}</p>
        )}
        {tasks.length > shown && (
          <Button className="mt-2.5 w-full" onClick={() => setShown(shown + STEP)}>
            {t.showMore(Math.min(STEP, tasks.length - shown))}
          </Button>
        )}
        {tasks.length <= shown && unloaded && <LoadMore which={unloaded} />}
      </div>
    </section>
  );
}

interface CardsProps extends BoardColumnProps {
  readonly drawn: readonly Task[];
  /** Where the dragged task would stand, or -1. */
  readonly slot: number;
}

function Cards({ column, links, now, dragged, move, drawn, slot }: CardsProps) {
  const { status } = column;
  const cards = drawn.map((task) =>
    task.id < 0 ? (
      <DraftRow key={task.id} task={task} place={undefined} />
    ) : (
      <BoardCard
        key={task.id}
        task={task}
        href={links.hrefOf(task.id)}
        isOpen={task.id === links.openId}
        isDragged={task.id === dragged?.id}
        now={now}
        move={move}
      />
    ),
  );
  if (slot >= 0) cards.splice(Math.min(slot, drawn.length), 0, <Slot key="slot" status={status} />);
  return (
    <ul aria-label={t.columnLabel(messages.tasks.status[status])} className="grid gap-2">
      {cards}
    </ul>
  );
}

/** The order follows from the tasks, so it shows where the card will stand, not where it hovers. */
function Slot({ status }: { readonly status: TaskStatus }) {
  return (
    <li className="grid h-[62px] place-items-center rounded-lg border border-dashed border-accent bg-soft text-[12.5px] font-medium text-accent">
      {t.dropHere(messages.tasks.status[status])}
    </li>
  );
}
