import { type ClipboardEvent, type ReactNode, type RefObject, Suspense, useState } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
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
  const [text, setText] = useState("");
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain").trim();
    if (!/[\r\n]/.test(pasted)) return;
    event.preventDefault();
    setText(pasted);
  };
  const leave = () => {
    setText("");
    field.current?.focus();
  };
  const join = (line: string) => {
    typed.restore({ text: `${typed.line.text} ${line}`.trim(), literals: [] });
    leave();
  };
  const question = text && (
    <Suspense fallback={null}>
      <PasteDialog text={text} onMany={onMany} onOne={join} onClose={leave} />
    </Suspense>
  );
  return { onPaste, question };
}
