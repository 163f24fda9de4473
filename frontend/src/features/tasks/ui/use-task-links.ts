import { useCallback } from "react";
import { useLocation, useSearchParams } from "react-router";
import { readPanel, writePanel } from "../model/url";

export interface TaskLinks {
  readonly openId: number | null;
  readonly hrefOf: (id: number) => string;
}

/** Addresses that open a task beside what is shown now. */
export function useTaskLinks(): TaskLinks {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const panel = readPanel(params);
  const hrefOf = useCallback(
    (id: number) => `${pathname}?${writePanel(params, { kind: "task", id, doing: "view" })}`,
    [pathname, params],
  );
  return { openId: panel?.kind === "task" ? panel.id : null, hrefOf };
}
