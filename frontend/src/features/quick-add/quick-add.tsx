import { Plus } from "lucide-react";
import { type FormEvent, type RefObject, useId, useState } from "react";
import { useCommand } from "@/shared/actions/registry";
import { fieldErrors } from "@/shared/api/field-errors";
import type { TaskPriority } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { TypedLineChips } from "@/shared/typed-task/typed-line-chips";
import type { Line, Reading } from "@/shared/typed-task/types";
import { usePastedLines } from "@/shared/typed-task/use-pasted-lines";
import { BLANK_LINE, useTypedTask } from "@/shared/typed-task/use-typed-task";
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
  readonly labels: string[];
}

/** What was chosen beside the line: it counts before what the line says. */
interface Chosen {
  readonly priority: TaskPriority | null;
  /** Null until it was chosen: then the line counts, or the page's own day. */
  readonly due: Due | null;
}

const NOTHING: Chosen = { priority: null, due: null };

interface QuickAddProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly defaultDue: string | null;
  /** Rejects when the task was refused; what could not be sent yet is its own concern. */
  readonly onAdd: (task: QuickTask) => Promise<unknown>;
  /** Answers with the places of tasks that were refused. */
  readonly onAddMany: (
    tasks: readonly QuickTask[],
    onProgress: (done: number) => void,
  ) => Promise<readonly number[]>;
}

/** One line: Enter saves and stays for the next one. */
export function QuickAdd({ field, defaultDue, onAdd, onAddMany }: QuickAddProps) {
  const typed = useTypedTask("line");
  const [chosen, setChosen] = useState(NOTHING);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  const { date: today } = useZonedNow();
  useCommand("task.add", () => field.current?.focus());

  const taskOf = ({ title, due, priority, labels }: Reading): QuickTask => ({
    title,
    priority: chosen.priority ?? priority ?? "medium",
    labels: [...labels],
    // Only what was chosen is kept: a page left open over midnight means the new day.
    ...(chosen.due ?? due ?? { due_date: defaultDue, due_time: null }),
  });
  const task = taskOf(typed.reading);
  const choose = (part: Partial<Chosen>) => {
    setChosen((last) => ({ ...last, ...part }));
    setError(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = { line: typed.line, chosen };
    if (!sent.line.text.trim()) return;
    typed.restore(BLANK_LINE);
    setChosen(NOTHING);
    const next = taskOf(await typed.read());
    const complaint = complaintOf(next);
    if (complaint) return comeBack(complaint, sent);
    onAdd(next).catch((reason: unknown) => comeBack(Object.values(fieldErrors(reason))[0], sent));
  };
  // Refused input returns to where it was typed, unless the next task is being typed there.
  const comeBack = (message: string | undefined, sent: { line: Line; chosen: Chosen }) => {
    if (!message) return;
    setError(message);
    if (field.current?.value) return;
    typed.restore(sent.line);
    setChosen(sent.chosen);
  };

  const pasted = usePastedLines(typed, field, (readings, onProgress) =>
    onAddMany(readings.map(taskOf), onProgress),
  );

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
          onPaste={pasted.onPaste}
          {...typed.input}
          onChange={(event) => {
            typed.input.onChange(event);
            setError(null);
          }}
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
          value={task}
          today={today}
          emptyText={null}
          onChange={(next) => choose({ due: next })}
          className={`${PART} ${task.due_date ? "bg-soft text-accent" : ""}`}
        />
        <PriorityButton
          value={task.priority}
          onChange={(priority) => choose({ priority })}
          className={PART}
        />
      </div>
      <TypedLineChips
        typed={typed}
        isDueChosen={chosen.due !== null}
        isPriorityChosen={chosen.priority !== null}
        onTakenBack={() => field.current?.focus()}
      />
      {pasted.question}
      {error && <FieldNote id={`${id}-error`} isError text={error} />}
    </form>
  );
}

function complaintOf({ title }: QuickTask): string | null {
  if (!title) return t.needsTitle;
  return title.length > TITLE_MAX ? t.tooLong : null;
}
