import { useState } from "react";
import type { DefaultValues, FieldValues, UseFormReturn } from "react-hook-form";
import { announce } from "@/shared/lib/announcer";
import { showFailure } from "./failure";

interface SubmitOptions<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  readonly send: (values: T) => Promise<unknown>;
  readonly doneText: string;
  /** What the form holds afterwards; what was sent, if nothing is said. */
  readonly afterwards?: (values: T) => T;
}

/** What was sent stays typed until it is saved; that it is saved is shown until typing goes on. */
export function useSubmit<T extends FieldValues>({
  form,
  send,
  doneText,
  afterwards,
}: SubmitOptions<T>) {
  const [isDone, setDone] = useState(false);
  const { isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setDone(false);
    try {
      await send(values);
    } catch (error) {
      return showFailure(form, error);
    }
    form.reset((afterwards?.(values) ?? values) as DefaultValues<T>);
    setDone(true);
    announce(doneText);
  });
  return { submit, done: isDone && !isDirty ? doneText : null };
}
