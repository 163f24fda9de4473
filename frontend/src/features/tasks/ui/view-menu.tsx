import { SlidersHorizontal } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { MenuButton } from "@/shared/ui/menu-button";
import type { MenuChoice, MenuSection } from "@/shared/ui/menu-types";
import { type Arrangement, GROUPINGS } from "../model/groups";
import { FIRST_ORDERING, SORT_KEYS, sortKeyOf, turned } from "../model/sorting";
import { BAR_BUTTON } from "./filter-bar";

const t = messages.filter;

interface ViewMenuProps {
  readonly arrangement: Arrangement;
  readonly onChange: (arrangement: Arrangement) => void;
}

/** Under which headings the tasks stand, and in which order. */
export function ViewMenu({ arrangement, onChange }: ViewMenuProps) {
  return (
    <MenuButton
      label={t.view}
      sections={viewSections(arrangement, onChange)}
      className={BAR_BUTTON}
    >
      <SlidersHorizontal className="size-4 phone:size-5" aria-hidden="true" />
      <span className="phone:sr-only">{t.view}</span>
    </MenuButton>
  );
}

function viewSections(
  arrangement: Arrangement,
  onChange: ViewMenuProps["onChange"],
): MenuSection[] {
  const { grouping, ordering } = arrangement;
  const current = sortKeyOf(ordering);
  const first = FIRST_ORDERING[current];
  const choice = (label: string, isOn: boolean, part: Partial<Arrangement>): MenuChoice => ({
    kind: "check",
    label,
    isOn,
    run: () => onChange({ ...arrangement, ...part }),
  });
  return [
    {
      label: t.groupBy,
      items: GROUPINGS.map((one) => choice(t.groupings[one], one === grouping, { grouping: one })),
    },
    {
      label: t.sortBy,
      items: SORT_KEYS.map((key) =>
        choice(t.sortKeys[key], key === current, { ordering: FIRST_ORDERING[key] }),
      ),
    },
    {
      label: t.direction,
      items: [first, turned(first)].map((one) =>
        choice(t.directions[one], one === ordering, { ordering: one }),
      ),
    },
  ];
}
