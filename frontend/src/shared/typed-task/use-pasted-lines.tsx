import { type ClipboardEvent, type ReactNode, type RefObject, Suspense, useState } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { linesOf } from "./lines";
import type { PasteDialogProps } from "./paste-dialog";
import type { TypedTask } from "./use-typed-task";

const PasteDialog = lazyWithRetry(() =>
  import("./paste-dialog").then((module) => module.PasteDialog),
);

interface PastedLines {
  readonly onPaste: (event: ClipboardEvent) => void;
  /** What the lines are, while that is asked. */
  readonly question: ReactNode;
}

/** One pasted line goes where it was pasted; several may be as many tasks. */
export function usePastedLines(
  typed: TypedTask,
  field: RefObject<HTMLInputElement | null>,
  onMany: PasteDialogProps["onMany"],
): PastedLines {
  const [lines, setLines] = useState<readonly string[]>([]);
  const onPaste = (event: ClipboardEvent) => {
    const pasted = linesOf(event.clipboardData.getData("text/plain"));
    if (pasted.length < 2) return;
    event.preventDefault();
    setLines(pasted);
  };
  const leave = () => {
    setLines([]);
    field.current?.focus();
  };
  const join = () => {
    typed.restore({ text: `${typed.line.text} ${lines.join(" ")}`.trim(), literals: [] });
    leave();
  };
  const question = lines.length > 0 && (
    <Suspense fallback={null}>
      <PasteDialog lines={lines} onMany={onMany} onOne={join} onClose={leave} />
    </Suspense>
  );
  return { onPaste, question };
}
