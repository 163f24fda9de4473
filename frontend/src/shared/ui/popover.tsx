import { Popover } from "@base-ui/react/popover";
import { type ReactNode, type RefObject, useState } from "react";

export interface PopoverLayerProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly align: "start" | "end";
  readonly className?: string | undefined;
  readonly children: (close: () => void) => ReactNode;
  readonly onClosed: () => void;
}

/** The open popover; loaded when the first one is opened. */
export function PopoverLayer({
  anchor,
  label,
  align,
  className,
  children,
  onClosed,
}: PopoverLayerProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Popover.Root
      modal
      open={isOpen}
      onOpenChange={(next) => setOpen(next)}
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
            finalFocus={anchor}
            aria-label={label}
            data-layer
            className={`floating max-w-[calc(100vw-16px)] animate-rise outline-none ${className ?? ""}`}
          >
            {children(() => setOpen(false))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
