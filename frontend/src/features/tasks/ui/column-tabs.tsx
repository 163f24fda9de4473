import type { KeyboardEvent } from "react";
import type { TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatNumber } from "@/shared/lib/format-number";
import { StatusRing } from "@/shared/ui/status-ring";
import type { BoardColumn } from "../model/board";

const t = messages.views;

interface ColumnTabsProps {
  readonly columns: readonly BoardColumn[];
  readonly shown: TaskStatus;
  readonly onShow: (status: TaskStatus) => void;
}

/** On a phone one column is a page of its own, and these lead to it. */
export function ColumnTabs({ columns, shown, onShow }: ColumnTabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = columns.findIndex(({ status }) => status === shown);
    const next = step && !event.altKey && columns[at + step];
    if (next) onShow(next.status);
  };
  return (
    <div
      role="tablist"
      aria-label={t.columns}
      onKeyDown={onKeyDown}
      className="mt-4 grid grid-cols-3 gap-1 rounded-lg bg-sunken p-1"
    >
      {columns.map(({ status, tasks }) => (
        <Tab
          key={status}
          status={status}
          count={tasks.length}
          isShown={status === shown}
          onShow={onShow}
        />
      ))}
    </div>
  );
}

interface TabProps {
  readonly status: TaskStatus;
  readonly count: number;
  readonly isShown: boolean;
  readonly onShow: ColumnTabsProps["onShow"];
}

function Tab({ status, count, isShown, onShow }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={isShown}
      tabIndex={isShown ? 0 : -1}
      ref={(element) => {
        if (isShown && element?.parentElement?.contains(document.activeElement)) element.focus();
      }}
      onClick={() => onShow(status)}
      className="grid min-h-12 min-w-0 content-center justify-items-center gap-0.5 rounded-md border border-transparent px-1 text-[12px] text-ink-2 aria-selected:border-line aria-selected:bg-surface aria-selected:font-semibold aria-selected:text-ink"
    >
      <span className="flex items-center gap-1.5">
        <StatusRing status={status} className="size-3.5 shrink-0" />
        {formatNumber(count)}
      </span>
      <span className="max-w-full truncate">{messages.tasks.status[status]}</span>
    </button>
  );
}
