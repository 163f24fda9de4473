import { Plus } from "lucide-react";
import { type FormEvent, type RefObject, useId, useState } from "react";
import { useCommand } from "@/shared/actions/registry";
import { fieldErrors } from "@/shared/api/field-errors";
import type { TaskPriority } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { type Due, DueButton } from "@/shared/ui/due-button";
import { FieldNote } from "@/shared/ui/field";
import { Kbd } from "@/shared/ui/kbd";
import { PriorityButton } from "@/shared/ui/priority-button";

const t = messages.quickAdd;
const TITLE_MAX = 200;
const PART =
  "h-8 touch:h-11 shrink-0 rounded-sm px-2 text-[12.5px] font-medium text-ink-2 hover:bg-sunken hover:text-ink inline-flex items-center";

export interface QuickTask {
  readonly title: string;
  readonly priority: TaskPriority;
  readonly due_date: string | null;
  readonly due_time: string | null;
}

interface Draft {
  readonly title: string;
  readonly priority: TaskPriority;
  /** Null until it was chosen: then the page's own day counts. */
  readonly due: Due | null;
}

const BLANK: Draft = { title: "", priority: "medium", due: null };

interface QuickAddProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly defaultDue: string | null;
  /** Rejects when the task was refused; what could not be sent yet is its own concern. */
  readonly onAdd: (task: QuickTask) => Promise<unknown>;
}

/** One line: Enter saves and stays for the next one. */
export function QuickAdd({ field, defaultDue, onAdd }: QuickAddProps) {
  const [draft, setDraft] = useState(BLANK);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  const { date: today } = useZonedNow();
  useCommand("task.add", () => field.current?.focus());

  // Only what was chosen is kept: a page left open over midnight means the new day.
  const due = draft.due ?? { due_date: defaultDue, due_time: null };
  const edit = (part: Partial<Draft>) => {
    setDraft((last) => ({ ...last, ...part }));
    setError(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const title = draft.title.trim();
    if (!title) return;
    if (title.length > TITLE_MAX) return setError(t.tooLong);
    setDraft(BLANK);
    onAdd({ title, priority: draft.priority, ...due }).catch((reason: unknown) => comeBack(reason));
  };
  // Refused input returns to where it was typed, unless the next task is being typed there.
  const comeBack = (reason: unknown) => {
    const message = Object.values(fieldErrors(reason))[0];
    if (!message) return;
    setError(message);
    setDraft((last) => (last.title ? last : draft));
  };

  return (
    <form onSubmit={submit} className="mt-4">
      <div className="field flex h-11 touch:h-12 items-center rounded-lg pr-1.5 pl-3.5">
        <Plus className="size-[18px] shrink-0 text-ink-3" aria-hidden="true" />
        <input
          ref={field}
          aria-label={t.label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder={t.placeholder}
          autoComplete="off"
          enterKeyHint="done"
          value={draft.title}
          onChange={(event) => edit({ title: event.target.value })}
          className="peer h-full min-w-0 flex-1 bg-transparent px-2.5 text-[14.5px] outline-none"
        />
        <span className="mr-1.5 hidden text-[12.5px] text-ink-3 peer-focus:inline phone:hidden!">
          {t.hint}
        </span>
        <span className="mr-1 peer-focus:hidden phone:hidden">
          <Kbd>{t.key}</Kbd>
        </span>
        <DueButton
          label={t.due}
          value={due}
          today={today}
          emptyText={null}
          onChange={(next) => edit({ due: next })}
          className={`${PART} ${due.due_date ? "bg-soft text-accent" : ""}`}
        />
        <PriorityButton
          value={draft.priority}
          onChange={(priority) => edit({ priority })}
          className={PART}
        />
      </div>
      {error && <FieldNote id={`${id}-error`} isError text={error} />}
    </form>
  );
}
