import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { LabelMark } from "@/shared/ui/label-mark";
import { complaint, labelSchema, taskSchema } from "../model/schema";
import { LabelLink } from "./label-link";

const t = messages.detail;

interface LabelEditorProps {
  readonly labels: readonly string[];
  readonly known: readonly string[];
  /** Each leads to all that carry it. */
  readonly isLinked?: boolean;
  /** What is wrong with the labels that are there. */
  readonly error?: string | undefined;
  readonly onChange: (labels: string[]) => void;
}

/** Enter or a comma adds what is typed; Backspace in the empty field takes the last one back. */
export function LabelEditor(props: LabelEditorProps) {
  const { labels, known, isLinked = false, onChange } = props;
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const error = problem ?? props.error;
  const id = useId();

  const add = () => {
    const name = text.trim().replace(/^#/, "");
    if (!name) return;
    const next = withLabel(labels, name);
    const found = complaint(labelSchema, name) ?? complaint(taskSchema.shape.labels, next);
    setProblem(found);
    if (found) return;
    setText("");
    if (next.length !== labels.length) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && text === "" && labels.length > 0) {
      setText(labels.at(-1) ?? "");
      onChange(labels.slice(0, -1));
      event.preventDefault();
    }
  };

  return (
    <div className="flex min-h-8 touch:min-h-11 flex-wrap items-center gap-x-1 gap-y-1 py-0.5">
      {labels.map((label) => (
        <LabelChip
          key={label}
          label={label}
          isLinked={isLinked}
          onRemove={() => onChange(labels.filter((one) => one !== label))}
        />
      ))}
      <input
        aria-label={t.addLabel}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        list={`${id}-known`}
        placeholder={t.addLabel}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        className="-ml-2 first:-ml-2 h-7 touch:h-11 min-w-28 flex-1 rounded-sm bg-transparent px-2 text-[13.5px] outline-none hover:bg-sunken focus:bg-sunken not-first:ml-0"
      />
      <datalist id={`${id}-known`}>
        {known
          .filter((name) => !labels.includes(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
      {error && (
        <p id={`${id}-error`} role="alert" className="w-full text-[12.5px] text-late">
          {error}
        </p>
      )}
    </div>
  );
}

/** Labels are unique whatever their case; the first spelling stays. */
export function withLabel(labels: readonly string[], name: string): string[] {
  const isThere = labels.some((one) => one.toLowerCase() === name.toLowerCase());
  return isThere ? [...labels] : [...labels, name];
}

interface LabelChipProps {
  readonly label: string;
  readonly isLinked: boolean;
  readonly onRemove: () => void;
}

function LabelChip({ label, isLinked, onRemove }: LabelChipProps) {
  return (
    <span className="inline-flex h-7 touch:h-9 max-w-full items-center rounded-sm bg-sunken pl-2 text-[13px]">
      {isLinked ? <LabelLink name={label} isStop /> : <LabelMark name={label} />}
      <button
        type="button"
        aria-label={t.removeLabel(label)}
        onClick={onRemove}
        className="ml-0.5 grid size-7 touch:size-9 place-items-center rounded-sm text-ink-3 hover:text-ink"
      >
        <X className="size-3.5" aria-hidden="true" />
      </button>
    </span>
  );
}
