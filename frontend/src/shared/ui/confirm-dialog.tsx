import { type RefObject, useRef, useState } from "react";
import { inWords } from "@/shared/forms/failure";
import { FormError } from "@/shared/forms/form-error";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { Button } from "./button";
import { Sheet } from "./sheet";

export interface Question {
  readonly title: string;
  /** What will follow, above all what can't be taken back. */
  readonly lead: string;
  readonly action: string;
  readonly run: () => Promise<unknown>;
  /** Said once it is done. */
  readonly doneText: string;
  /** Why it was refused, where there are better words than the usual ones. */
  readonly explain?: (error: unknown) => string | null;
}

interface ConfirmDialogProps {
  readonly question: Question;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

export function ConfirmDialog({ question, opener, onClose }: ConfirmDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const isDone = useRef(false);
  const confirm = async () => {
    setBusy(true);
    setError("");
    try {
      await question.run();
    } catch (reason) {
      setBusy(false);
      return setError(question.explain?.(reason) ?? inWords(reason));
    }
    isDone.current = true;
    announce(question.doneText);
    onClose();
  };
  const [layer] = useState(() => opener.current?.closest<HTMLElement>("[data-layer]"));
  // What was pressed may be gone with what it stood beside.
  const focusAfter = () =>
    isDone.current ? (layer ?? document.querySelector<HTMLElement>("#content h1")) : opener.current;
  return (
    <Sheet label={question.title} place="center" onClose={onClose} finalFocus={focusAfter}>
      <div className="grid gap-4 p-5">
        <div>
          <h2 className="text-lg font-semibold">{question.title}</h2>
          <p className="mt-1 break-words text-ink-2">{question.lead}</p>
        </div>
        <FormError text={error} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose} className="h-9 px-4">
            {messages.app.cancel}
          </Button>
          <Button variant="danger" className="h-9 px-4" disabled={isBusy} onClick={confirm}>
            {question.action}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
