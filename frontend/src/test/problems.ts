import { HttpResponse } from "msw";

interface ProblemParts {
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
  readonly current?: unknown;
}

export function problem(status: number, code: string, parts: ProblemParts = {}) {
  return HttpResponse.json(
    {
      type: `/problems/${code}`,
      title: code,
      status,
      code,
      detail: code,
      request_id: "r-1",
      ...parts,
    },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}
