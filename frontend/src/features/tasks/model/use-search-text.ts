import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";

const SETTLE_MS = 150;
const PARAM = "q";
const LONGEST = 200;

export interface SearchText {
  /** What stands in the field. */
  readonly text: string;
  /** What the address holds: the text once typing paused. */
  readonly asked: string;
  readonly type: (text: string) => void;
  /** Without waiting for the pause. */
  readonly commit: (text?: string) => void;
}

/** The address follows the typing when it pauses, and the field follows the address. */
export function useSearchText(): SearchText {
  const [params, setParams] = useSearchParams();
  const asked = (params.get(PARAM) ?? "").trim().slice(0, LONGEST);
  const [text, setText] = useState(asked);
  const written = useRef(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Back, a link, a saved search: whatever changed the address beside our typing.
  if (asked !== written.current) {
    written.current = asked;
    setText(asked);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = useCallback(
    (next: string) => {
      clearTimeout(timer.current);
      written.current = next.trim();
      setParams((last) => withQuery(last, next.trim()), {
        replace: true,
        preventScrollReset: true,
      });
    },
    [setParams],
  );
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => write(next), SETTLE_MS);
  };
  const commit = (next = text) => {
    setText(next);
    write(next);
  };
  return { text, asked, type, commit };
}

function withQuery(params: URLSearchParams, query: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (query) next.set(PARAM, query);
  else next.delete(PARAM);
  return next;
}
