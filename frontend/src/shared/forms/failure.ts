import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { ApiError, isStatus, NetworkError } from "@/shared/api/errors";
import { fieldErrors } from "@/shared/api/field-errors";
import { messages } from "@/shared/i18n/messages";

/** Puts the API's complaints at their fields; what belongs to none goes above the button. */
export function showFailure<T extends FieldValues>(form: UseFormReturn<T>, error: unknown): void {
  const known = Object.entries(fieldErrors(error)).filter(([name]) => name in form.getValues());
  for (const [name, message] of known) form.setError(name as Path<T>, { message });
  const [first] = known;
  if (first) form.setFocus(first[0] as Path<T>);
  else form.setError("root", { message: inWords(error) });
}

/** Why something was not done, for the person who asked for it. */
export function inWords(error: unknown): string {
  if (isStatus(error, 401)) return messages.auth.wrongCredentials;
  if (isStatus(error, 429)) return messages.auth.tooMany;
  if (error instanceof NetworkError) return messages.errors.network;
  if (error instanceof ApiError && error.problem.status < 500) return error.message;
  return messages.errors.server;
}
