import { type FormEvent, useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { fieldErrors } from "@/shared/api/field-errors";
import type { TaskPriority } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { keepDraft, readDraft } from "@/shared/session/draft";
import { TypedLineChips } from "@/shared/typed-task/typed-line-chips";
import type { Line, Reading } from "@/shared/typed-task/types";
import { BLANK_LINE, useTypedTask } from "@/shared/typed-task/use-typed-task";
import { Button } from "@/shared/ui/button";
import { type Due, DueButton } from "@/shared/ui/due-button";
import { Field, FieldNote } from "@/shared/ui/field";
import { PriorityButton } from "@/shared/ui/priority-button";
import { createFromInput, reasonOf } from "../model/commands";
import { type TaskForm, taskSchema } from "../model/schema";
import { useKnownLabels } from "../model/use-tasks";
import { LabelEditor, withLabel } from "./label-editor";
import { CloseButton, Property } from "./task-detail";

const t = messages.detail;
const BOX =
  "-ml-2 inline-flex min-h-8 touch:min-h-11 items-center gap-2 rounded-md px-2 text-[13.5px] hover:bg-sunken";

interface NewTaskProps {
  readonly defaultDue: string | null;
  readonly onClose: () => void;
}

/** Every field of a new task. It stays for the next one after saving. */
export function NewTask({ defaultDue, onClose }: NewTaskProps) {
  const task = useNewTask(defaultDue);
  const { form, typed, chosen, title, submit, failure } = task;
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={submit} className="grid gap-3 px-6 pt-4 pb-8 phone:px-4">
      <div className="flex items-center justify-between">
        <h2 className="text-[15px] font-semibold">{t.newTitle}</h2>
        <CloseButton onClose={onClose} />
      </div>
      <div>
        <Field
          ref={title}
          label={t.title}
          autoComplete="off"
          enterKeyHint="done"
          error={errors.title?.message}
          {...typed.input}
          autoFocus
        />
        <TypedLineChips
          typed={typed}
          isDueChosen={chosen.due !== null}
          isPriorityChosen={chosen.priority !== null}
          onTakenBack={() => title.current?.focus()}
        />
      </div>
      <Choices {...task} />
      <Description form={form} />
      {failure && <FieldNote id="new-task-failure" isError text={failure} />}
      <Button type="submit" variant="primary" className="h-10">
        {t.create}
      </Button>
    </form>
  );
}

/** What was chosen by hand: it counts before what the title says. */
interface Chosen {
  readonly due: Due | null;
  readonly priority: TaskPriority | null;
}

interface FormValues {
  title: string;
  description: string;
  labels: readonly string[];
  due_date: string | null;
  priority: TaskPriority;
}

interface Sent {
  readonly line: Line;
  readonly values: FormValues;
  readonly chosen: Chosen;
}

const NOTHING: Chosen = { due: null, priority: null };
const BLANK: FormValues = {
  title: "",
  description: "",
  labels: [],
  due_date: null,
  priority: "medium",
};

function useNewTask(defaultDue: string | null) {
  const form = useForm<FormValues>({
    defaultValues: { ...BLANK, description: readDraft("description") ?? "" },
  });
  const typed = useTypedTask("new-task");
  const title = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(NOTHING);
  const [failure, setFailure] = useState<string | null>(null);

  const merge = (reading: Reading, { description, labels }: FormValues): TaskForm => ({
    title: reading.title,
    description,
    status: "pending",
    priority: chosen.priority ?? reading.priority ?? "medium",
    labels: withLabels(labels, reading.labels),
    ...(chosen.due ?? reading.due ?? { due_date: defaultDue, due_time: null }),
  });
  const blank = () => {
    setFailure(null);
    setChosen(NOTHING);
    typed.restore(BLANK_LINE);
    keepDraft("description", null);
    form.reset(BLANK, { keepFieldsRef: true });
    title.current?.focus();
  };
  // What was refused comes back, unless the next task is being typed there.
  const comeBack = (sent: Sent, complaints: readonly (readonly [string, string])[]) => {
    if (title.current?.value) return setFailure(complaints[0]?.[1] ?? null);
    typed.restore(sent.line);
    setChosen(sent.chosen);
    form.reset(sent.values, { keepFieldsRef: true });
    for (const [name, message] of complaints) form.setError(name as keyof FormValues, { message });
    if (complaints.some(([name]) => name === "title")) title.current?.focus();
    else if (complaints.some(([name]) => name === "description")) form.setFocus("description");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = { line: typed.line, values: form.getValues(), chosen };
    blank();
    const input = merge(await typed.read(), sent.values);
    const complaints = complaintsOf(input, sent.line);
    if (complaints.length > 0) return comeBack(sent, complaints);
    createFromInput(input).catch((error: unknown) => {
      const refused = Object.entries(fieldErrors(error));
      // The list keeps what could not be sent; here comes back only what was refused.
      if (refused.length === 0) setFailure(reasonOf(error));
      else comeBack(sent, refused);
    });
  };
  return { form, typed, title, chosen, setChosen, submit, failure, shown: merge };
}

function complaintsOf(input: TaskForm, { text }: Line): [string, string][] {
  const result = taskSchema.safeParse(input);
  if (result.success) return [];
  const complaints = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const name = String(path[0]);
    if (!complaints.has(name)) complaints.set(name, message);
  }
  if (!input.title && text.trim()) complaints.set("title", messages.quickAdd.needsTitle);
  return [...complaints];
}

function withLabels(own: readonly string[], typed: readonly string[]): string[] {
  return typed.reduce<string[]>(withLabel, [...own]);
}

type NewTaskState = ReturnType<typeof useNewTask>;

function Choices({ form, typed, chosen, setChosen, shown }: NewTaskState) {
  const { date } = useZonedNow();
  const known = useKnownLabels();
  const { errors } = form.formState;
  const { due_date, due_time, priority } = shown(typed.reading, BLANK);
  return (
    <dl>
      <Property name={t.due}>
        <DueButton
          value={{ due_date, due_time }}
          today={date}
          emptyText={messages.due.none}
          className={BOX}
          onChange={(due) => setChosen({ ...chosen, due })}
        />
        <Complaint name="due" text={errors.due_date?.message} />
      </Property>
      <Property name={t.priority}>
        <PriorityButton
          value={priority}
          onChange={(next) => setChosen({ ...chosen, priority: next })}
          className={BOX}
          hasText
        />
        <Complaint name="priority" text={errors.priority?.message} />
      </Property>
      <Property name={t.labels}>
        <Controller
          control={form.control}
          name="labels"
          render={({ field }) => (
            <LabelEditor labels={field.value} known={known} onChange={field.onChange} />
          )}
        />
        <Complaint name="labels" text={errors.labels?.message} />
      </Property>
    </dl>
  );
}

function Complaint({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  if (!text) return null;
  return (
    <div role="alert">
      <FieldNote id={`new-task-${name}-note`} isError text={text} />
    </div>
  );
}

function Description({ form }: Pick<NewTaskState, "form">) {
  const error = form.formState.errors.description?.message;
  return (
    <>
      <textarea
        rows={4}
        aria-label={t.description}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "new-task-description-note" : undefined}
        placeholder={t.addDescription}
        className="field grow-text min-h-24 w-full resize-none px-3 py-2"
        {...form.register("description", {
          onChange: ({ target }) => keepDraft("description", target.value || null),
        })}
      />
      {error && <FieldNote id="new-task-description-note" isError text={error} />}
    </>
  );
}
