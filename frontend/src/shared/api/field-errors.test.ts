import { expect, test } from "vitest";
import { ApiError } from "./errors";
import { fieldErrors } from "./field-errors";

function refused(...pairs: [string, string][]): ApiError {
  const errors = pairs.map(([pointer, detail]) => ({ pointer, code: "invalid", detail }));
  return new ApiError({ title: "Invalid input", status: 400, code: "validation_error", errors });
}

test("pointers become field names, items belong to their list, the first complaint counts", () => {
  const error = refused(
    ["/title", "Too long."],
    ["/labels/3", "Too long, too."],
    ["/title", "And ugly."],
  );
  expect(fieldErrors(error)).toEqual({ title: "Too long.", labels: "Too long, too." });
});

test("what names no field maps to none", () => {
  expect(fieldErrors(refused(["", "Bad body."]))).toEqual({});
  expect(fieldErrors(new Error("boom"))).toEqual({});
});
