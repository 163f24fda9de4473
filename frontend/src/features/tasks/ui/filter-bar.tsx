import { ListFilter, X } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { MenuButton } from "@/shared/ui/menu-button";
import type { MenuChoice, MenuSection } from "@/shared/ui/menu-types";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { StatusRing } from "@/shared/ui/status-ring";
import { PRIORITIES, STATUSES, type TaskFilter } from "../model/filter";

const t = messages.filter;

interface FilterBarProps {
  readonly filter: TaskFilter;
  readonly onChange: (filter: TaskFilter) => void;
}

export function FilterButton({ filter, onChange }: FilterBarProps) {
  return (
    <MenuButton
      label={t.button}
      sections={filterChoices(filter, onChange)}
      className="inline-flex h-8 touch:h-11 items-center gap-2 rounded-md border border-line-strong px-3 text-[13px] font-medium text-ink-2 hover:border-ink-3 hover:text-ink phone:w-11 phone:justify-center phone:border-transparent phone:px-0"
    >
      <ListFilter className="size-4 phone:size-5" aria-hidden="true" />
      <span className="phone:sr-only">{t.button}</span>
    </MenuButton>
  );
}

/** What narrows the list now, each with the way to take it off. */
export function FilterChips({ filter, onChange }: FilterBarProps) {
  const chips = filterChoices(filter, onChange).flatMap(({ items }) => items.filter(isOn));
  if (chips.length === 0) return null;
  return (
    <ul aria-label={t.active} className="flex min-w-0 flex-wrap gap-2 phone:mt-3">
      {chips.map((chip) => (
        <li key={chip.label}>
          <FilterChip chip={chip} />
        </li>
      ))}
    </ul>
  );
}

function isOn(item: MenuSection["items"][number]): item is MenuChoice {
  return item.kind !== "action" && item.isOn;
}

function FilterChip({ chip }: { readonly chip: MenuChoice }) {
  return (
    <button
      type="button"
      aria-label={t.remove(chip.label)}
      onClick={chip.run}
      className="inline-flex h-8 touch:h-11 items-center gap-1.5 rounded-md bg-soft pr-2 pl-3 text-[13px] font-semibold text-accent"
    >
      {chip.label}
      <X className="size-3.5" aria-hidden="true" />
    </button>
  );
}

function filterChoices(filter: TaskFilter, onChange: FilterBarProps["onChange"]): MenuSection[] {
  const status = STATUSES.map((value) => ({
    kind: "check" as const,
    label: messages.tasks.status[value],
    icon: <StatusRing status={value} className="size-4" />,
    isOn: filter.status.includes(value),
    run: () => onChange({ ...filter, status: toggle(filter.status, value) }),
  }));
  const priority = PRIORITIES.map((value) => ({
    kind: "check" as const,
    label: messages.tasks.priority[value],
    icon: <PriorityBars priority={value} />,
    isOn: filter.priority.includes(value),
    run: () => onChange({ ...filter, priority: toggle(filter.priority, value) }),
  }));
  return [
    { label: t.status, items: status },
    { label: t.priority, items: priority },
  ];
}

function toggle<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}
