import { Search } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import type { PeopleFilter } from "../api";
import { ROLES } from "../model/use-people-filter";

const t = messages.people;
/** Long enough not to ask at each letter, short enough to seem at once. */
const PAUSE_MS = 250;

interface PeopleFilterBarProps {
  readonly filter: PeopleFilter;
  readonly onChange: (next: PeopleFilter) => void;
}

export function PeopleFilterBar({ filter, onChange }: PeopleFilterBarProps) {
  const id = useId();
  return (
    <search className="mt-5 flex flex-wrap gap-3">
      <SearchField filter={filter} onChange={onChange} />
      <div className="field flex h-9 touch:h-11 items-center pl-3">
        <label htmlFor={id} className="text-[13px] text-ink-3">
          {t.role}
        </label>
        <select
          id={id}
          value={filter.role ?? ""}
          onChange={({ target }) =>
            onChange({ ...filter, role: ROLES.find((role) => role === target.value) ?? null })
          }
          className="h-full rounded-[inherit] bg-transparent px-2 text-[14px] font-medium text-ink outline-none"
        >
          <option value="">{t.anyRole}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t.roles[role]}
            </option>
          ))}
        </select>
      </div>
    </search>
  );
}

function SearchField({ filter, onChange }: PeopleFilterBarProps) {
  const [text, setText] = useState(filter.search);
  // Cleared by a button, or gone back to: what the address says is what is looked for.
  useEffect(() => setText(filter.search), [filter.search]);
  useEffect(() => {
    const search = text.trim();
    if (search === filter.search) return;
    const timer = setTimeout(() => onChange({ ...filter, search }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filter, onChange]);
  return (
    <div className="field flex h-9 touch:h-11 min-w-0 flex-1 basis-56 items-center gap-2 pl-3">
      <Search className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-full min-w-0 flex-1 rounded-[inherit] bg-transparent pr-3 text-[14px] outline-none"
      />
    </div>
  );
}
