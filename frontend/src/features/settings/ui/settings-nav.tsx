import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { NavLink } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { cx } from "@/shared/ui/class-names";
import { SECTIONS, type SectionName } from "../model/sections";

const t = messages.settings;
const LINK =
  "flex h-8 touch:h-11 items-center rounded-sm px-2.5 text-ink-2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent";

interface SettingsNavProps {
  readonly current: SectionName;
}

/** A column beside the section; on a phone a list that opens above it. */
export function SettingsNav({ current }: SettingsNavProps) {
  const isPhone = useMediaQuery(PHONE);
  const [isOpen, setOpen] = useState(false);
  return (
    <nav aria-label={t.title} className="w-[176px] shrink-0 phone:w-full">
      {isPhone ? (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="field flex h-11 w-full items-center justify-between px-3 font-medium"
        >
          <span>
            <span className="text-ink-3">{t.title} · </span>
            {t.sections[current].title}
          </span>
          <ChevronDown className={cx("size-4", isOpen && "rotate-180")} aria-hidden="true" />
        </button>
      ) : (
        <p className="px-2.5 pb-2 text-[12.5px] font-medium text-ink-3">{t.title}</p>
      )}
      <ul className={cx("grid gap-0.5", isPhone && (isOpen ? "floating mt-1.5 p-1" : "hidden"))}>
        {SECTIONS.map((name) => (
          <li key={name}>
            <NavLink to={`/settings/${name}`} className={LINK} onClick={() => setOpen(false)}>
              {t.sections[name].title}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
