import { useEffect, useRef, useState } from "react";
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
  /** The same, for what is not in the address yet. */
  readonly settle: () => void;
}

/** The address follows the typing when it pauses, and the field follows the address. */
export function useSearchText(): SearchText {
  const [params, setParams] = useSearchParams();
  const asked = (params.get(PARAM) ?? "").trim().slice(0, LONGEST);
  const [text, setText] = useState(asked);
  const written = useRef(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [seen, setSeen] = useState(asked);
  // Back, a link, a saved search: whatever changed the address beside our typing. While ours
  // is on its way there, the address is still the one before.
  if (asked !== seen) {
    setSeen(asked);
    if (asked !== written.current) {
      written.current = asked;
      setText(asked);
    }
  }
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = (next: string) => {
    clearTimeout(timer.current);
    written.current = next.trim();
    setParams(withQuery(latest.current, next), { replace: true, preventScrollReset: true });
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    const before = written.current;
    // Went Back meanwhile: what was typed belongs to the address before.
    timer.current = setTimeout(() => written.current === before && write(next), SETTLE_MS);
  };
  const commit = (next = text) => {
    setText(next);
    write(next);
  };
  // Whoever leaves the field is done typing, and where they go next must not be overwritten.
  const settle = () => {
    if (text.trim() !== written.current) write(text);
  };
  return { text, asked, type, commit, settle };
}

export function withQuery(params: URLSearchParams, text: string): URLSearchParams {
  const next = new URLSearchParams(params);
  const query = text.trim();
  if (query) next.set(PARAM, query);
  else next.delete(PARAM);
  return next;
}
