import {
  type KeyboardEvent,
  type MouseEvent,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { checklistOf, toggleBox } from "../model/checklist";
import { changeTask } from "../model/commands";
import { type TextDraft, useTextDraft } from "../model/use-text-draft";
import { ChecklistProgress } from "./checklist-progress";
import { BARE_TEXT, DraftNote } from "./text-fields";

const Markdown = lazyWithRetry(() => import("./markdown").then((module) => module.Markdown));
const t = messages.detail;

/** Read as Markdown, written as text. An empty one is there to be written. */
export function DescriptionField({ task }: { readonly task: Task }) {
  const draft = useTextDraft(task, "description");
  const [isWriting, setWriting] = useState(draft.value === "" || draft.isDirty);
  const noteId = useId();
  const checklist = checklistOf(draft.value);
  const toggle = (bracket: number) => {
    const text = toggleBox(draft.value, bracket);
    if (draft.isDirty) draft.save(text);
    else changeTask(task, { description: text });
    const next = checklistOf(text);
    if (next) announce(t.checklistDone(next.done, next.total));
  };
  return (
    <section className="mt-3">
      {draft.value !== "" && (
        <div className="mb-1 flex items-center gap-3">
          {checklist && <ChecklistProgress {...checklist} />}
          <span className="flex-1" />
          <ModeSwitch isWriting={isWriting} onChange={setWriting} />
        </div>
      )}
      {isWriting ? (
        <Writing draft={draft} noteId={noteId} onDone={() => setWriting(false)} />
      ) : (
        <Reading text={draft.value} onToggle={toggle} onWrite={() => setWriting(true)} />
      )}
      <DraftNote id={noteId} draft={draft} />
    </section>
  );
}

interface ModeSwitchProps {
  readonly isWriting: boolean;
  readonly onChange: (isWriting: boolean) => void;
}

function ModeSwitch({ isWriting, onChange }: ModeSwitchProps) {
  const modes = [
    [t.write, true],
    [t.preview, false],
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div role="group" aria-label={t.writeOrPreview} className="flex rounded-md bg-sunken p-0.5">
      {modes.map(([name, mode]) => (
        <button
          key={name}
          type="button"
          aria-pressed={isWriting === mode}
          onClick={() => onChange(mode)}
          className="h-6 touch:h-10 rounded-sm px-2 text-[12.5px] font-medium text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </div>
  );
}

interface WritingProps {
  readonly draft: TextDraft;
  readonly noteId: string;
  readonly onDone: () => void;
}

function Writing({ draft, noteId, onDone }: WritingProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const wasEmpty = useRef(draft.value === "");
  useEffect(() => {
    // Who asked to write stands in the field; an empty one takes no focus by itself.
    if (!wasEmpty.current) field.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) draft.commit();
    if (event.key !== "Escape" || draft.value === "") return;
    // The first Esc leaves the text, the next one the panel.
    event.preventDefault();
    event.stopPropagation();
    draft.commit();
    onDone();
  };
  return (
    <textarea
      ref={field}
      rows={4}
      aria-label={t.description}
      aria-invalid={draft.error ? true : undefined}
      aria-describedby={noteId}
      placeholder={t.addDescription}
      value={draft.value}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.commit}
      onKeyDown={onKeyDown}
      className={`${BARE_TEXT} py-2 leading-relaxed`}
    />
  );
}

interface ReadingProps {
  readonly text: string;
  readonly onToggle: (bracket: number) => void;
  readonly onWrite: () => void;
}

/** A press anywhere on it writes; for the keyboard there is the switch above. */
function Reading({ text, onToggle, onWrite }: ReadingProps) {
  const onClick = (event: MouseEvent) => {
    const isOwn = event.target instanceof Element && event.target.closest("a, label, pre");
    if (!isOwn && getSelection()?.isCollapsed !== false) onWrite();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer
    // biome-ignore lint/a11y/useKeyWithClickEvents: the switch does the same by keyboard
    <div
      onClick={onClick}
      className="-mx-2 cursor-text rounded-md border border-transparent px-2 py-2 leading-relaxed break-words hover:border-line"
    >
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <Markdown text={text} onToggle={onToggle} />
      </Suspense>
    </div>
  );
}
