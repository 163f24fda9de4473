import { ApiError } from "./errors";

/**
 * The problem's `errors[].pointer` as form field names: `/title` is `title`,
 * `/labels/0` is `labels`. The first complaint of a field is the one shown.
 */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  const byField: Record<string, string> = {};
  for (const { pointer, detail } of error.problem.errors ?? []) {
    const field = pointer.split("/")[1];
    if (field && !(field in byField)) byField[field] = detail;
  }
  return byField;
}
