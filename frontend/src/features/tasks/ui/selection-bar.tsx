import { CalendarDays, CircleCheck, Signal, Tag, Trash2, X } from "lucide-react";
import { type ReactNode, useLayoutEffect } from "react";
import type { CommandId } from "@/shared/actions/commands";
import { KeyCaps } from "@/shared/actions/key-caps";
import { runCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { IconButton } from "@/shared/ui/button";
import type { PickerKind } from "../model/picker";
import { clearSelection } from "../model/selection";

const t = messages.selection;

/** What can be done to all that is selected; on a phone it lies over the bar of pages. */
export function SelectionBar({ ids }: { readonly ids: ReadonlySet<number> }) {
  useLayoutEffect(makeToastsRise, []);
  return (
    <div
      role="toolbar"
      aria-label={t.label}
      className="floating sticky bottom-5 z-20 mx-auto flex w-max max-w-full animate-rise items-center gap-1 p-1.5 phone:gap-0 phone:fixed phone:inset-x-0 phone:bottom-0 phone:z-40 phone:w-auto phone:justify-between phone:rounded-b-none phone:pb-[calc(8px+env(safe-area-inset-bottom))]"
    >
      <IconButton label={t.clear} onClick={clearSelection}>
        <X className="size-4" aria-hidden="true" />
      </IconButton>
      <span className="mr-2 text-[13.5px] font-semibold whitespace-nowrap phone:mr-0">
        {t.count(ids.size)}
      </span>
      <BarButton label={t.complete} command="task.complete">
        <CircleCheck className="size-4 touch:size-5" aria-hidden="true" />
      </BarButton>
      <BarButton label={t.date} command="task.date" picker="date">
        <CalendarDays className="size-4 touch:size-5" aria-hidden="true" />
      </BarButton>
      <BarButton label={t.priority} command="task.priority" picker="priority">
        <Signal className="size-4 touch:size-5" aria-hidden="true" />
      </BarButton>
      <BarButton label={t.labels} command="task.labels" picker="labels">
        <Tag className="size-4 touch:size-5" aria-hidden="true" />
      </BarButton>
      <BarButton label={t.trash} command="task.trash">
        <Trash2 className="size-4 touch:size-5" aria-hidden="true" />
      </BarButton>
    </div>
  );
}

/** A mark on the root, as `:has()` there would be asked again for every row that is drawn. */
function makeToastsRise() {
  const { dataset } = document.documentElement;
  dataset.selectionBar = "";
  return () => {
    delete dataset.selectionBar;
  };
}

interface BarButtonProps {
  readonly label: string;
  readonly command: CommandId;
  readonly picker?: PickerKind;
  readonly children: ReactNode;
}

function BarButton({ label, command, picker, children }: BarButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-haspopup={picker && (picker === "priority" ? "menu" : "dialog")}
      data-picker={picker}
      onClick={() => runCommand(command)}
      className="inline-flex h-8 touch:h-11 min-w-8 touch:min-w-11 items-center justify-center gap-1.5 rounded-md px-2 touch:px-0 text-[13px] font-medium text-ink-2 hover:bg-sunken hover:text-ink"
    >
      {children}
      <KeyCaps of={command} />
    </button>
  );
}
