import { type FormEvent, useEffect, useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { fieldErrors } from "@/shared/api/field-errors";
import type { TaskPriority } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { keepDraft, readDraft } from "@/shared/session/draft";
import { TypedLineChips } from "@/shared/typed-task/typed-line-chips";
import type { Line, Reading } from "@/shared/typed-task/types";
import { usePastedLines } from "@/shared/typed-task/use-pasted-lines";
import { BLANK_LINE, useTypedTask } from "@/shared/typed-task/use-typed-task";
import { Button } from "@/shared/ui/button";
import { type Due, DueButton } from "@/shared/ui/due-button";
import { Field, FieldNote } from "@/shared/ui/field";
import { PriorityButton } from "@/shared/ui/priority-button";
import { createFromInput, reasonOf } from "../model/commands";
import { createMany } from "../model/create-many";
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
  const { form, typed, pasted, chosen, title, complaints, submit, failure } = task;
  const fields = useFocusOnWrong(complaints);
  return (
    <form
      ref={fields}
      noValidate
      onSubmit={submit}
      className="grid gap-3 px-6 pt-4 pb-8 phone:px-4"
    >
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
          error={complaints.title}
          onPaste={pasted.onPaste}
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
      {pasted.question}
      <Choices {...task} />
      <Description form={form} error={complaints.description} />
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
  description: string;
  labels: readonly string[];
}

type FieldName = Exclude<keyof TaskForm, "status">;
/** What is wrong, by the field where it is shown. */
type Complaints = Partial<Record<FieldName, string>>;

interface Sent {
  readonly line: Line;
  readonly values: FormValues;
  readonly chosen: Chosen;
}

const NOTHING: Chosen = { due: null, priority: null };
const BLANK: FormValues = { description: "", labels: [] };
const FIELDS: readonly string[] = [
  "title",
  "description",
  "priority",
  "due_date",
  "due_time",
  "labels",
] satisfies FieldName[];

/** The first field with a complaint has the focus when there are new ones. */
function useFocusOnWrong(complaints: Complaints) {
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(complaints).length === 0) return;
    fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [complaints]);
  return fields;
}

function useNewTask(defaultDue: string | null) {
  const form = useForm<FormValues>({
    defaultValues: { ...BLANK, description: readDraft("description") ?? "" },
  });
  const typed = useTypedTask("new-task");
  const title = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(NOTHING);
  const [complaints, setComplaints] = useState<Complaints>({});
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
    setComplaints({});
    setChosen(NOTHING);
    typed.restore(BLANK_LINE);
    keepDraft("description", null);
    form.reset(BLANK, { keepFieldsRef: true });
    title.current?.focus();
  };
  // What was refused comes back, unless the next task is being typed there.
  const comeBack = (sent: Sent, refused: readonly (readonly [string, string])[]) => {
    const isNextTyped = Boolean(title.current?.value);
    const homeless = refused.find(([name]) => isNextTyped || !FIELDS.includes(name));
    setFailure(homeless?.[1] ?? null);
    if (isNextTyped) return;
    typed.restore(sent.line);
    setChosen(sent.chosen);
    form.reset(sent.values, { keepFieldsRef: true });
    setComplaints(Object.fromEntries(refused));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = { line: typed.line, values: form.getValues(), chosen };
    blank();
    const input = merge(await typed.read(), sent.values);
    const wrong = complaintsOf(input, sent.line);
    if (wrong.length > 0) return comeBack(sent, wrong);
    createFromInput(input).catch((error: unknown) => {
      const refused = Object.entries(fieldErrors(error));
      // The list keeps what could not be sent; here comes back only what was refused.
      if (refused.length === 0) setFailure(reasonOf(error));
      else comeBack(sent, refused);
    });
  };
  // The description is this task's; what was chosen beside it is meant for all.
  const pasted = usePastedLines(typed, title, (readings, onProgress) => {
    const values = { ...form.getValues(), description: "" };
    return createMany(
      readings.map((reading) => merge(reading, values)),
      onProgress,
    );
  });
  const parts = { form, typed, pasted, title, chosen, setChosen, complaints };
  return { ...parts, submit, failure, shown: merge };
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

function Choices({ form, typed, chosen, setChosen, complaints, shown }: NewTaskState) {
  const { date } = useZonedNow();
  const known = useKnownLabels();
  const wrongDue = complaints.due_date ?? complaints.due_time;
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
          {...wrong("due", wrongDue)}
        />
        <Complaint name="due" text={wrongDue} />
      </Property>
      <Property name={t.priority}>
        <PriorityButton
          value={priority}
          onChange={(next) => setChosen({ ...chosen, priority: next })}
          className={BOX}
          hasText
          {...wrong("priority", complaints.priority)}
        />
        <Complaint name="priority" text={complaints.priority} />
      </Property>
      <Property name={t.labels}>
        <Controller
          control={form.control}
          name="labels"
          render={({ field }) => (
            <LabelEditor
              labels={field.value}
              known={known}
              error={complaints.labels}
              onChange={field.onChange}
            />
          )}
        />
      </Property>
    </dl>
  );
}

const noteOf = (name: string) => `new-task-${name}-note`;

/** Says of a control that it is wrong, and where it stands why. */
function wrong(name: string, text: string | undefined) {
  return text ? { "aria-invalid": true, "aria-describedby": noteOf(name) } : {};
}

interface ComplaintProps {
  readonly name: string;
  readonly text: string | undefined;
}

function Complaint({ name, text }: ComplaintProps) {
  if (!text) return null;
  return (
    // Clear of the outline of what it is about.
    <div className="py-1">
      <FieldNote id={noteOf(name)} isError text={text} />
    </div>
  );
}

interface DescriptionProps extends Pick<NewTaskState, "form"> {
  readonly error: string | undefined;
}

function Description({ form, error }: DescriptionProps) {
  return (
    <>
      <textarea
        rows={4}
        aria-label={t.description}
        placeholder={t.addDescription}
        className="field grow-text min-h-24 w-full resize-none px-3 py-2"
        {...form.register("description", {
          onChange: ({ target }) => keepDraft("description", target.value || null),
        })}
        {...wrong("description", error)}
      />
      <Complaint name="description" text={error} />
    </>
  );
}
