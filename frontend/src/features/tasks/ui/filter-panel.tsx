import { Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import {
  DUE_WORDS,
  isFiltered,
  NO_FILTER,
  PRIORITIES,
  STATUSES,
  type TaskFilter,
} from "../model/filter";
import { managingStore } from "../model/managing";
import { toggled } from "../model/toggle";
import { LabelFilter } from "./label-filter";

const t = messages.filter;
const SEARCH_MAX = 200;
const SETTLE_MS = 150;

export interface FilterPanelProps {
  readonly filter: TaskFilter;
  readonly onChange: (filter: TaskFilter) => void;
  readonly isWithoutWords?: boolean;
  /** On the way to another layer. */
  readonly onLeave: () => void;
}

/** Every way to narrow a list, each acting at once. */
export function FilterPanel({ filter, onChange, isWithoutWords, onLeave }: FilterPanelProps) {
  const set = (part: Partial<TaskFilter>) => onChange({ ...filter, ...part });
  const manageLabels = () => {
    onLeave();
    managingStore.set(true);
  };
  return (
    <div className="grid gap-4 p-4">
      <div className="flex items-center justify-between">
        <h2 className="text-[15px] font-semibold">{t.title}</h2>
        <button
          type="button"
          disabled={!isFiltered(filter)}
          onClick={() => onChange(NO_FILTER)}
          className="h-7 touch:h-11 rounded-sm px-2 text-[13px] font-medium text-accent disabled:invisible"
        >
          {t.clear}
        </button>
      </div>
      {!isWithoutWords && (
        <WordsField value={filter.search} onChange={(search) => set({ search })} />
      )}
      <Section label={t.due}>
        {DUE_WORDS.map((word) => (
          <Choice
            key={word}
            isOn={filter.due === word}
            onPress={() => set({ due: filter.due === word ? null : word })}
          >
            {t.dueWords[word]}
          </Choice>
        ))}
        <DueRange filter={filter} onChange={set} />
      </Section>
      <Section label={t.status}>
        {STATUSES.map((status) => (
          <Choice
            key={status}
            isOn={filter.status.includes(status)}
            onPress={() => set({ status: toggled(filter.status, status) })}
          >
            <StatusRing status={status} className="size-3.5" />
            {messages.tasks.status[status]}
          </Choice>
        ))}
      </Section>
      <Section label={t.priority}>
        {PRIORITIES.map((priority) => (
          <Choice
            key={priority}
            isOn={filter.priority.includes(priority)}
            onPress={() => set({ priority: toggled(filter.priority, priority) })}
          >
            <PriorityBars priority={priority} />
            {messages.tasks.priority[priority]}
          </Choice>
        ))}
      </Section>
      <LabelFilter
        chosen={filter.label}
        onChange={(label) => set({ label })}
        onManage={manageLabels}
      />
    </div>
  );
}

interface SectionProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Section({ label, children }: SectionProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out
    <div role="group" aria-labelledby={id}>
      <h3 id={id} className="mb-1.5 text-xs font-medium text-ink-3">
        {label}
      </h3>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </div>
  );
}

interface ChoiceProps {
  readonly isOn: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Choice({ isOn, onPress, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className="inline-flex h-7 touch:h-11 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-[13px] text-ink-2 hover:border-ink-3 hover:text-ink aria-pressed:border-accent aria-pressed:bg-soft aria-pressed:font-medium aria-pressed:text-accent"
    >
      {children}
    </button>
  );
}

interface WordsFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The list follows the typing when it pauses, not at every letter. */
function WordsField({ value, onChange }: WordsFieldProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Cleared elsewhere, it is empty here as well.
  useEffect(() => {
    if (value === "") setText("");
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), SETTLE_MS);
  };
  return (
    <div className="field flex h-9 touch:h-11 items-center">
      <Search className="ml-2.5 size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <input
        type="search"
        aria-label={t.words}
        placeholder={t.words}
        maxLength={SEARCH_MAX}
        value={text}
        onChange={(event) => type(event.target.value)}
        className="h-full min-w-0 flex-1 bg-transparent px-2 text-[13.5px] outline-none"
      />
    </div>
  );
}

interface DueRangeProps {
  readonly filter: TaskFilter;
  readonly onChange: (part: Partial<TaskFilter>) => void;
}

function DueRange({ filter, onChange }: DueRangeProps) {
  return (
    <div className="mt-1 grid w-full grid-cols-2 gap-2">
      <DayField
        label={t.from}
        value={filter.due_after}
        onChange={(due_after) => onChange({ due_after })}
      />
      <DayField
        label={t.until}
        value={filter.due_before}
        onChange={(due_before) => onChange({ due_before })}
      />
    </div>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <label className="grid min-w-0 gap-1 text-xs text-ink-3">
      {label}
      <input
        type="date"
        min="1900-01-01"
        max="2199-12-31"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || null)}
        className="field h-8 touch:h-11 w-full min-w-0 px-2 text-[13px] text-ink"
      />
    </label>
  );
}
