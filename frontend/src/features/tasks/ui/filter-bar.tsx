import { ListFilter, X } from "lucide-react";
import { type ReactNode, Suspense, useRef, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { formatDay } from "@/shared/lib/format-date";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { useZonedNow } from "@/shared/lib/use-today";
import { PopoverButton } from "@/shared/ui/popover-button";
import { isFiltered, NO_FILTER, type TaskFilter } from "../model/filter";
import { without } from "../model/toggle";

const FilterPanel = lazyWithRetry(() =>
  import("./filter-panel").then((module) => module.FilterPanel),
);
const FilterSheet = lazyWithRetry(() =>
  import("./filter-sheet").then((module) => module.FilterSheet),
);

const t = messages.filter;
export const BAR_BUTTON =
  "inline-flex h-8 touch:h-11 shrink-0 items-center gap-2 rounded-md border border-line-strong px-3 text-[13px] font-medium text-ink-2 hover:border-ink-3 hover:text-ink phone:w-11 phone:justify-center phone:border-transparent phone:px-0";

interface FilterBarProps {
  readonly filter: TaskFilter;
  readonly onChange: (filter: TaskFilter) => void;
}

interface FilterButtonProps extends FilterBarProps {
  /** Where the page has a field for words of its own. */
  readonly isWithoutWords?: boolean;
}

/** Beside its button on a desktop, a sheet on a phone. */
export function FilterButton(props: FilterButtonProps) {
  const isPhone = useMediaQuery(PHONE);
  if (isPhone) return <FilterSheetButton {...props} />;
  return (
    <PopoverButton
      label={t.button}
      popupLabel={t.title}
      popupClassName="max-h-(--available-height) w-[328px] overflow-y-auto"
      content={(close) => (
        <Suspense fallback={null}>
          <FilterPanel {...props} onLeave={close} />
        </Suspense>
      )}
      className={BAR_BUTTON}
    >
      <ButtonFace isOn={isFiltered(props.filter)} />
    </PopoverButton>
  );
}

function FilterSheetButton(props: FilterButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={BAR_BUTTON}
      >
        <ButtonFace isOn={isFiltered(props.filter)} />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <FilterSheet {...props} opener={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function ButtonFace({ isOn }: { readonly isOn: boolean }) {
  return (
    <>
      <span className="relative">
        <ListFilter className="size-4 phone:size-5" aria-hidden="true" />
        {isOn && (
          <span className="absolute -top-1 -right-1 size-2 rounded-full bg-accent ring-2 ring-bg" />
        )}
      </span>
      <span className="phone:sr-only">{t.button}</span>
    </>
  );
}

interface FilterChipsProps extends FilterBarProps {
  /** What else can be done with the filter as it is. */
  readonly children?: ReactNode;
}

/** What narrows the list now, each with the way to take it off. */
export function FilterChips({ filter, onChange, children }: FilterChipsProps) {
  const chips = useChips(filter);
  if (chips.length === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <ul aria-label={t.active} className="contents">
        {chips.map((chip) => (
          <li key={chip.label} className="min-w-0">
            <FilterChip label={chip.label} onRemove={() => onChange(chip.rest)} />
          </li>
        ))}
      </ul>
      {chips.length > 1 && (
        <button type="button" onClick={() => onChange(NO_FILTER)} className={CHIP_ACTION}>
          {t.clear}
        </button>
      )}
      {children}
    </div>
  );
}

export const CHIP_ACTION =
  "h-8 touch:h-11 rounded-md px-2 text-[13px] font-medium text-ink-2 underline-offset-3 hover:text-ink hover:underline";

interface Chip {
  readonly label: string;
  readonly rest: TaskFilter;
}

function useChips(filter: TaskFilter): Chip[] {
  const { date } = useZonedNow();
  const { search, status, priority, label, due, due_after, due_before } = filter;
  const { tasks } = messages;
  const chip = (text: string, rest: Partial<TaskFilter>): Chip => ({
    label: text,
    rest: { ...filter, ...rest },
  });
  return [
    ...(search ? [chip(t.containing(search), { search: "" })] : []),
    ...(due ? [chip(t.dueWords[due], { due: null })] : []),
    ...(due_after ? [chip(t.fromDay(formatDay(due_after, date)), { due_after: null })] : []),
    ...(due_before ? [chip(t.untilDay(formatDay(due_before, date)), { due_before: null })] : []),
    ...status.map((one) => chip(tasks.status[one], { status: without(status, one) })),
    ...priority.map((one) =>
      chip(tasks.priorityOf(tasks.priority[one]), { priority: without(priority, one) }),
    ),
    ...label.map((one) => chip(`#${one}`, { label: without(label, one) })),
  ];
}

interface FilterChipProps {
  readonly label: string;
  readonly onRemove: () => void;
}

function FilterChip({ label, onRemove }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-label={t.remove(label)}
      onClick={onRemove}
      className="inline-flex h-8 touch:h-11 max-w-full items-center gap-1.5 rounded-md bg-soft pr-2 pl-3 text-[13px] font-semibold text-accent"
    >
      <span className="truncate">{label}</span>
      <X className="size-3.5 shrink-0" aria-hidden="true" />
    </button>
  );
}
