import { type ReactNode, Suspense, useCallback } from "react";
import { useLocation, useSearchParams } from "react-router";
import type { Task } from "@/shared/api/types";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { selectionStore } from "../model/selection";
import { writePanel } from "../model/url";
import { DraftRow } from "./draft-row";
import { type RowPlace, TaskRow } from "./task-row";

const VirtualRows = lazyWithRetry(() =>
  import("./virtual-rows").then((module) => module.VirtualRows),
);

/** Fewer than this are drawn whole, whatever stands around them. */
const SHORT = 60;

export interface RowsProps {
  readonly label: string;
  readonly tasks: readonly Task[];
  readonly drawRow: (task: Task, place?: RowPlace) => ReactNode;
}

export interface TaskRowsProps {
  readonly label: string;
  readonly tasks: readonly Task[];
  readonly openId: number | null;
  /** The list as a whole has more rows than should stand in the document. */
  readonly isLong: boolean;
  /** No more rows than this yet; the place of the others is kept. */
  readonly room: number;
}

export function TaskRows({ label, tasks, openId, isLong, room }: TaskRowsProps) {
  const drawRow = useDrawRow(openId);
  const isWhole = !isLong || tasks.length <= SHORT;
  // Until the part for long lists is there, the first rows are enough to begin with.
  const first = <PlainRows {...{ label, tasks, drawRow }} room={isWhole ? room : SHORT} />;
  if (isWhole) return first;
  return (
    <Suspense fallback={first}>
      <VirtualRows label={label} tasks={tasks} drawRow={drawRow} />
    </Suspense>
  );
}

function PlainRows({ label, tasks, drawRow, room }: RowsProps & { readonly room: number }) {
  const missing = Math.max(tasks.length - room, 0);
  // The scroll bar does not jump by much when the others come.
  const paddingBottom = missing > 0 ? `calc(${missing} * var(--row-height))` : undefined;
  return (
    <ul aria-label={label} style={{ paddingBottom }}>
      {tasks.slice(0, room).map((task) => drawRow(task))}
    </ul>
  );
}

function useDrawRow(openId: number | null): RowsProps["drawRow"] {
  const now = useZonedNow();
  const hrefOf = useHrefs();
  const { ids: selected } = useStore(selectionStore);
  return (task, place) =>
    task.id < 0 ? (
      <DraftRow key={task.id} task={task} place={place} />
    ) : (
      <TaskRow
        key={task.id}
        task={task}
        href={hrefOf(task.id)}
        isOpen={task.id === openId}
        isSelected={selected.has(task.id)}
        isSelecting={selected.size > 0}
        now={now}
        {...place}
      />
    );
}

/** The address of a task beside this very list, made without parsing it for every row. */
function useHrefs(): (id: number) => string {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const rest = writePanel(params, null).toString();
  return useCallback((id) => `${pathname}?${rest && `${rest}&`}task=${id}`, [pathname, rest]);
}
