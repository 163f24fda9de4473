import { type RefObject, useMemo, useState } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { PlainDate } from "@/shared/lib/plain-date";
import { useZonedNow } from "@/shared/lib/use-today";
import type { Due } from "@/shared/ui/due-button";
import { DueForm } from "@/shared/ui/due-form";
import { MenuLayer } from "@/shared/ui/menu";
import { PopoverLayer } from "@/shared/ui/popover";
import { priorityChoices } from "@/shared/ui/priority-button";
import { changeAll, tasksOf } from "../model/bulk-commands";
import { type Picker, pickerStore } from "../model/picker";
import { rowPart } from "../model/rows";
import { useKnownLabels } from "../model/use-tasks";
import { LabelEditor } from "./label-editor";

const close = () => pickerStore.set(null);
/** No day that anything has, so that choosing any of them is a choice. */
const MIXED: Due = { due_date: "", due_time: null };

export function PickerLayer({ picker }: { readonly picker: Picker }) {
  const anchor = useAnchor(picker);
  const [tasks] = useState(() => tasksOf(picker.ids));
  const shared = { anchor, align: "start", onClosed: close } as const;
  if (picker.kind === "priority") {
    return (
      <MenuLayer
        {...shared}
        label={messages.filter.priority}
        sections={[
          priorityChoices(
            same(tasks, ({ priority }) => priority),
            (priority) => changeAll(tasks, () => ({ priority })),
          ),
        ]}
      />
    );
  }
  if (picker.kind === "date") {
    return (
      <PopoverLayer {...shared} label={messages.due.set} className="w-72 p-1">
        {(done) => <DatePicker tasks={tasks} close={done} />}
      </PopoverLayer>
    );
  }
  return (
    <PopoverLayer {...shared} label={messages.selection.labels} className="w-72 p-3">
      {() => <LabelPicker tasks={tasks} />}
    </PopoverLayer>
  );
}

interface DatePickerProps {
  readonly tasks: readonly Task[];
  readonly close: () => void;
}

function DatePicker({ tasks, close: done }: DatePickerProps) {
  const { date } = useZonedNow();
  const [first] = tasks;
  const only = tasks.length === 1 ? first : undefined;
  return (
    <DueForm
      value={only ?? MIXED}
      today={date}
      close={done}
      onChange={(due) => changeAll(tasks, (task) => (only ? due : touched(due, task, date)))}
    />
  );
}

/** What was not touched stays as each task has it. A time without a day is one of today. */
function touched({ due_date, due_time }: Due, task: Task, today: PlainDate): Due {
  if (due_date === null) return { due_date, due_time };
  return {
    due_date: due_date || (task.due_date ?? today),
    due_time: due_time ?? task.due_time,
  };
}

/** Of many tasks it shows the labels they share; what is added or taken is so for each. */
function LabelPicker({ tasks }: { readonly tasks: readonly Task[] }) {
  const known = useKnownLabels();
  const [labels, setLabels] = useState(() => sharedLabels(tasks));
  const change = (next: readonly string[]) => {
    const added = next.filter((label) => !labels.includes(label));
    const taken = new Set(labels.filter((label) => !next.includes(label)));
    setLabels(next);
    changeAll(tasksOf(tasks.map(({ id }) => id)), (task) => ({
      labels: withLabels(task.labels, added, taken),
    }));
  };
  return <LabelEditor labels={labels} known={known} onChange={change} />;
}

function sharedLabels(tasks: readonly Task[]): readonly string[] {
  const [first, ...others] = tasks;
  return first?.labels.filter((label) => others.every((o) => o.labels.includes(label))) ?? [];
}

/** Labels are unique whatever their case; the first spelling stays. */
function withLabels(
  own: readonly string[],
  added: readonly string[],
  taken: ReadonlySet<string>,
): string[] {
  const kept = own.filter((label) => !taken.has(label));
  const names = new Set(kept.map((label) => label.toLowerCase()));
  return [...kept, ...added.filter((label) => !names.has(label.toLowerCase()))];
}

function same<T>(tasks: readonly Task[], read: (task: Task) => T): T | null {
  const values = new Set(tasks.map(read));
  const [only = null] = values;
  return values.size === 1 ? only : null;
}

/** Looked up whenever it is read: the row may be drawn anew while its picker is open. */
function useAnchor({ kind, ids }: Picker): RefObject<HTMLElement | null> {
  return useMemo(
    () => ({
      get current() {
        const [id] = ids;
        const button = document.querySelector<HTMLElement>(`[data-picker="${kind}"]`);
        return ids.length === 1 && id ? anchorOf(id) : button;
      },
      set current(_) {},
    }),
    [kind, ids],
  );
}

function anchorOf(id: number): HTMLElement | null {
  return rowPart(id) ?? document.querySelector<HTMLElement>(`[data-task-link="${id}"]`);
}
