import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { type TextDraft, useTextDraft } from "../model/use-text-draft";

const t = messages.detail;
/** Text that becomes a field where it is read. */
export const BARE_TEXT =
  "grow-text -mx-2 block w-[calc(100%+16px)] resize-none rounded-md border border-transparent bg-transparent px-2 outline-none hover:border-line focus:border-accent focus:bg-surface focus:ring-3 focus:ring-soft aria-invalid:border-late";

interface TitleFieldProps {
  readonly task: Task;
  readonly isFocused: boolean;
}

export function TitleField({ task, isFocused }: TitleFieldProps) {
  const draft = useTextDraft(task, "title");
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  return (
    <>
      <textarea
        ref={field}
        rows={1}
        aria-label={t.title}
        aria-invalid={draft.error ? true : undefined}
        aria-describedby={noteId}
        value={draft.value}
        onChange={(event) => draft.change(event.target.value.replaceAll("\n", " "))}
        onBlur={draft.commit}
        onKeyDown={commitOnEnter(draft)}
        className={`${BARE_TEXT} mt-2 py-1 text-xl leading-tight font-[680] tracking-[-0.01em]`}
      />
      <DraftNote id={noteId} draft={draft} />
    </>
  );
}

/** A title is one line: Enter means done. */
function commitOnEnter(draft: TextDraft) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    draft.commit();
  };
}

/** Why a text was not saved, or that it was changed elsewhere. */
export function DraftNote({ id, draft }: { readonly id: string; readonly draft: TextDraft }) {
  return (
    <p id={id} aria-live="polite" className="text-[12.5px] text-late empty:hidden">
      {draft.error}
      {draft.error && draft.canRetry && (
        <button
          type="button"
          onClick={draft.commit}
          className="ml-2 min-h-6 font-semibold underline underline-offset-3"
        >
          {messages.tasks.retry}
        </button>
      )}
      {!draft.error && draft.isChangedElsewhere && (
        <span className="text-amber">{t.changedElsewhere}</span>
      )}
    </p>
  );
}
