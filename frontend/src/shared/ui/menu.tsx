import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type RefObject, useState } from "react";
import { KeyCaps } from "@/shared/actions/key-caps";
import { cx } from "./class-names";
import type { MenuAction, MenuChoice, MenuSection } from "./menu-types";

export interface MenuLayerProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly align: "start" | "end";
  readonly sections: readonly MenuSection[];
  readonly onClosed: () => void;
}

const ITEM =
  "flex min-h-8 touch:min-h-11 items-center gap-2.5 rounded-sm px-2.5 text-[13.5px] outline-none select-none data-highlighted:bg-sunken";

/** The open menu itself; loaded when the first one is opened, gone when it closes. */
export function MenuLayer({ anchor, label, align, sections, onClosed }: MenuLayerProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Menu.Root
      open={isOpen}
      onOpenChange={(next) => setOpen(next)}
      onOpenChangeComplete={(next) => (next ? undefined : onClosed())}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={6} align={align} className="z-50">
          <Menu.Popup
            finalFocus={anchor}
            aria-label={label}
            data-layer
            className="floating min-w-44 animate-rise p-1 outline-none"
          >
            {sections.map((section, index) => (
              <Section key={section.label ?? index} section={section} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Section({ section }: { readonly section: MenuSection }) {
  return (
    <Menu.Group className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1">
      {section.label && (
        <Menu.GroupLabel className="flex justify-between px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-3">
          {section.label}
          {section.command && <KeyCaps of={section.command} />}
        </Menu.GroupLabel>
      )}
      {section.items.map((item) =>
        item.kind === "action" ? (
          <ActionItem key={item.label} item={item} />
        ) : (
          <ChoiceItem key={item.label} item={item} />
        ),
      )}
    </Menu.Group>
  );
}

function ActionItem({ item }: { readonly item: MenuAction }) {
  return (
    <Menu.Item onClick={item.run} className={cx(ITEM, item.isDanger && "text-late")}>
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.command && <KeyCaps of={item.command} />}
    </Menu.Item>
  );
}

function ChoiceItem({ item }: { readonly item: MenuChoice }) {
  return (
    <Menu.CheckboxItem
      checked={item.isOn}
      onCheckedChange={item.run}
      closeOnClick={item.kind === "radio"}
      className={ITEM}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.isOn && <Check className="size-4 text-accent" aria-hidden="true" />}
    </Menu.CheckboxItem>
  );
}
