import { ListFilter, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { SavedFilter } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { MenuButton } from "@/shared/ui/menu-button";
import type { MenuAction, MenuSection } from "@/shared/ui/menu-types";
import { moveFilter, removeFilter, renameFilter, updateFilter } from "../model/saved-filters";
import { FilterNameDialog } from "./filter-name-dialog";

const t = messages.filters;

export interface SavedFilterEntry {
  readonly filter: SavedFilter;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly count: number;
}

interface SavedFilterListProps {
  readonly entries: readonly SavedFilterEntry[];
  /** What the page shows now, for "update"; null on a page without filters. */
  readonly view: Pick<SavedFilter, "query" | "grouping"> | null;
  readonly onNavigate?: (() => void) | undefined;
}

export function SavedFilterList({ entries, view, onNavigate }: SavedFilterListProps) {
  const [renamed, setRenamed] = useState<SavedFilter | null>(null);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="saved-filters" className="mt-4 min-h-0 overflow-y-auto">
      <h2 id="saved-filters" className="px-2.5 pb-1 text-xs font-semibold text-ink-3 phone:px-3">
        {t.title}
      </h2>
      <ul>
        {entries.map((entry, index) => (
          <li key={entry.filter.id} className="group relative">
            <FilterLink entry={entry} onNavigate={onNavigate} />
            <FilterMenu
              filter={entry.filter}
              sections={filterMenu(entry, {
                view: entry.isCurrent ? null : view,
                index,
                last: entries.length - 1,
                rename: () => setRenamed(entry.filter),
              })}
            />
          </li>
        ))}
      </ul>
      {renamed && (
        <FilterNameDialog
          title={t.renameTitle}
          initial={renamed.name}
          action={t.rename}
          onSubmit={(name) => renameFilter(renamed, name)}
          onClose={() => setRenamed(null)}
        />
      )}
    </section>
  );
}

interface FilterLinkProps {
  readonly entry: SavedFilterEntry;
  readonly onNavigate: (() => void) | undefined;
}

function FilterLink({ entry, onNavigate }: FilterLinkProps) {
  const { filter, href, isCurrent, count } = entry;
  return (
    <Link
      to={href}
      onClick={onNavigate}
      aria-current={isCurrent ? "true" : undefined}
      className="flex h-8 items-center gap-3 rounded-sm pr-9 pl-2.5 text-ink-2 transition-colors duration-120 hover:bg-sunken hover:text-ink aria-[current=true]:bg-soft aria-[current=true]:font-semibold aria-[current=true]:text-accent touch:h-11 touch:pr-12 phone:h-12 phone:gap-4 phone:pl-3 phone:text-[15px]"
    >
      <ListFilter className="size-4 shrink-0 phone:size-5" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{filter.name}</span>
      {count > 0 && (
        <span className="text-[12.5px] group-focus-within:opacity-0 group-hover:opacity-0 touch:opacity-100!">
          {count}
        </span>
      )}
    </Link>
  );
}

interface FilterMenuProps {
  readonly filter: SavedFilter;
  readonly sections: readonly MenuSection[];
}

function FilterMenu({ filter, sections }: FilterMenuProps) {
  return (
    <MenuButton
      label={t.more(filter.name)}
      sections={sections}
      className="absolute top-0 right-0 grid size-8 place-items-center rounded-sm text-ink-2 opacity-0 hover:text-ink focus-visible:opacity-100 open:opacity-100 group-hover:opacity-100 touch:size-11 touch:opacity-100"
    >
      <MoreHorizontal className="size-4" aria-hidden="true" />
    </MenuButton>
  );
}

interface FilterMenuContext {
  readonly view: SavedFilterListProps["view"];
  readonly index: number;
  readonly last: number;
  readonly rename: () => void;
}

function filterMenu({ filter }: SavedFilterEntry, context: FilterMenuContext): MenuSection[] {
  const { view, index, last, rename } = context;
  const action = (label: string, run: () => void): MenuAction => ({ kind: "action", label, run });
  return [
    {
      items: [
        action(t.rename, rename),
        ...(view ? [action(t.update, () => updateFilter(filter, view))] : []),
        ...(index > 0 ? [action(t.moveUp, () => moveFilter(filter, index - 1))] : []),
        ...(index < last ? [action(t.moveDown, () => moveFilter(filter, index + 1))] : []),
      ],
    },
    { items: [{ ...action(t.remove, () => removeFilter(filter)), isDanger: true }] },
  ];
}
