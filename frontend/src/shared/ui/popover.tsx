import { Popover } from "@base-ui/react/popover";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import type { CommandGroup } from "@/shared/actions/commands";

export interface PopoverLayerProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly align: "start" | "end";
  readonly className?: string | undefined;
  /** Whose keys reach what stands in it. */
  readonly keys?: CommandGroup | undefined;
  readonly children: (close: () => void) => ReactNode;
  readonly onClosed: () => void;
}

/** The open popover; loaded when the first one is opened. */
export function PopoverLayer({
  anchor,
  label,
  align,
  className,
  keys,
  children,
  onClosed,
}: PopoverLayerProps) {
  const [isOpen, setOpen] = useState(true);
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Popover.Root
      modal
      open={isOpen}
      // Escape, and presses beside it, are for the layer that was opened above this one.
      onOpenChange={(next) => setOpen(next || !isOnTop(popup.current))}
      onOpenChangeComplete={(next) => (next ? undefined : onClosed())}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          sideOffset={6}
          align={align}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            ref={popup}
            finalFocus={anchor}
            aria-label={label}
            data-layer={keys ?? true}
            className={`floating max-w-[calc(100vw-16px)] animate-rise outline-none ${className ?? ""}`}
          >
            {children(() => setOpen(false))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function isOnTop(layer: Element | null): boolean {
  return [...document.querySelectorAll("[data-layer]")].at(-1) === layer;
}
