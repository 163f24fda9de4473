import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { fieldErrors } from "@/shared/api/field-errors";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { Button } from "@/shared/ui/button";
import { DueButton } from "@/shared/ui/due-button";
import { Field, FieldNote } from "@/shared/ui/field";
import { PriorityButton } from "@/shared/ui/priority-button";
import { createFromInput, reasonOf } from "../model/commands";
import { type TaskForm, taskSchema } from "../model/schema";
import { useKnownLabels } from "../model/use-tasks";
import { LabelEditor } from "./label-editor";
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
  const { form, submit, failure } = useNewTask(defaultDue);
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={submit} className="grid gap-3 px-6 pt-4 pb-8 phone:px-4">
      <div className="flex items-center justify-between">
        <h2 className="text-[15px] font-semibold">{t.newTitle}</h2>
        <CloseButton onClose={onClose} />
      </div>
      <Field
        label={t.title}
        autoComplete="off"
        error={errors.title?.message}
        {...form.register("title")}
        autoFocus
      />
      <Choices form={form} />
      <Description form={form} />
      {failure && <FieldNote id="new-task-failure" isError text={failure} />}
      <Button type="submit" variant="primary" className="h-10">
        {t.create}
      </Button>
    </form>
  );
}

function useNewTask(defaultDue: string | null) {
  const blank: TaskForm = {
    title: "",
    description: "",
    status: "pending",
    priority: "medium",
    due_date: defaultDue,
    due_time: null,
    labels: [],
  };
  const form = useForm<TaskForm>({
    defaultValues: blank,
    resolver: standardSchemaResolver(taskSchema),
  });
  const [failure, setFailure] = useState<string | null>(null);
  const { setValue } = form;
  // Another day was asked for beside the open form: what is typed stays.
  useEffect(() => setValue("due_date", defaultDue), [defaultDue, setValue]);
  const submit = form.handleSubmit((input) => {
    setFailure(null);
    form.reset(blank, { keepFieldsRef: true });
    form.setFocus("title");
    createFromInput(input).catch((error: unknown) => {
      const byField = Object.entries(fieldErrors(error));
      // The list keeps what could not be sent; here comes back only what was refused.
      if (byField.length === 0) return setFailure(reasonOf(error));
      form.reset(input, { keepFieldsRef: true });
      for (const [name, message] of byField) form.setError(name as keyof TaskForm, { message });
      form.setFocus("title");
    });
  });
  return { form, submit, failure };
}

type FormProps = { readonly form: ReturnType<typeof useNewTask>["form"] };

function Choices({ form }: FormProps) {
  const { date } = useZonedNow();
  const known = useKnownLabels();
  const due = form.watch(["due_date", "due_time"]);
  return (
    <dl>
      <Property name={t.due}>
        <DueButton
          value={{ due_date: due[0], due_time: due[1] }}
          today={date}
          emptyText={messages.due.none}
          className={BOX}
          onChange={(next) => {
            form.setValue("due_date", next.due_date);
            form.setValue("due_time", next.due_time);
          }}
        />
      </Property>
      <Property name={t.priority}>
        <Controller
          control={form.control}
          name="priority"
          render={({ field }) => (
            <PriorityButton value={field.value} onChange={field.onChange} className={BOX} hasText />
          )}
        />
      </Property>
      <Property name={t.labels}>
        <Controller
          control={form.control}
          name="labels"
          render={({ field }) => (
            <LabelEditor labels={field.value} known={known} onChange={field.onChange} />
          )}
        />
      </Property>
    </dl>
  );
}

function Description({ form }: FormProps) {
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
        {...form.register("description")}
      />
      {error && <FieldNote id="new-task-description-note" isError text={error} />}
    </>
  );
}
