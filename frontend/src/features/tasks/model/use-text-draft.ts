import { useEffect, useRef, useState } from "react";
import { isRefusal } from "@/shared/api/errors";
import { fieldErrors } from "@/shared/api/field-errors";
import type { Task, TaskChanges } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { keepDraft, readDraft } from "@/shared/session/draft";
import { offerEditUndo, reasonOf } from "./commands";
import { editTask } from "./edit";
import { complaint, descriptionSchema, titleSchema } from "./schema";

type TextField = "title" | "description";

interface Draft {
  readonly text: string;
  /** What stood there when typing began. */
  readonly seen: string;
}

export interface TextDraft {
  readonly value: string;
  readonly error: string | null;
  /** True when the save failed for a reason that may pass. */
  readonly canRetry: boolean;
  readonly isChangedElsewhere: boolean;
  /** True while there is typed text that the server has not confirmed. */
  readonly isDirty: boolean;
  readonly change: (text: string) => void;
  readonly commit: () => void;
  /** Types and saves in one. */
  readonly save: (text: string) => void;
}

const SCHEMAS = { title: titleSchema, description: descriptionSchema } as const;

/**
 * Text being typed into one field of a task. It is saved when the field is left,
 * also by going away from it, and stays typed when saving fails.
 */
export function useTextDraft(task: Task, field: TextField): TextDraft {
  const name = `task.${task.id}.${field}`;
  const [draft, setDraft] = useState(() => keptDraft(name, task[field]));
  useEffect(() => keepDraft(name, draft), [name, draft]);
  const [error, setError] = useState<string | null>(null);
  const [canRetry, setCanRetry] = useState(false);
  const sending = useRef<Draft | null>(null);
  const current = task[field];

  const change = (text: string) => {
    setDraft((last) => ({ text, seen: last?.seen ?? current }));
    setError(null);
    setCanRetry(false);
  };
  const commit = () => {
    // Enter saves, and so does the blur that follows it: the same text goes once.
    if (!draft || draft === sending.current) return;
    const text = field === "title" ? draft.text.trim() : draft.text;
    const problem = complaint(SCHEMAS[field], text);
    if (problem) return setError(problem);
    if (text === draft.seen) return setDraft(null);
    send(text, draft);
  };
  const send = (text: string, sent: Draft) => {
    setError(null);
    setCanRetry(false);
    sending.current = sent;
    const before: TaskChanges = { [field]: sent.seen };
    const after: TaskChanges = { [field]: text };
    const withdraw = offerEditUndo({ ...task, ...after }, before, after);
    editTask(task.id, after, before)
      .then((saved) => setDraft((last) => (last === sent ? null : rebase(last, saved[field]))))
      .catch((reason: unknown) => {
        withdraw();
        sending.current = null;
        setError(fieldErrors(reason)[field] ?? reasonOf(reason) ?? messages.tasks.notSaved);
        setCanRetry(!isRefusal(reason));
      });
  };

  useLeave(commit);
  return {
    value: draft?.text ?? current,
    error,
    canRetry,
    isChangedElsewhere: draft !== null && current !== draft.seen && current !== draft.text.trim(),
    isDirty: draft !== null,
    change,
    commit,
    save: (text) => {
      const next = { text, seen: draft?.seen ?? current };
      setDraft(next);
      send(text, next);
    },
  };
}

/** What a reload cut short, unless it was saved all the same. */
function keptDraft(name: string, current: string): Draft | null {
  const kept = readDraft<Draft>(name);
  return kept && kept.text !== current ? kept : null;
}

/** What was typed while the last text was being saved was typed on top of it. */
function rebase(draft: Draft | null, saved: string): Draft | null {
  return draft && { text: draft.text, seen: saved };
}

/** Leaving by Back or a shortcut blurs nothing; the text counts all the same. */
function useLeave(commit: () => void): void {
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
}
