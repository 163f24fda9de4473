import { type ComponentProps, type ReactNode, Suspense, useRef, useState } from "react";
import type { CommandGroup } from "@/shared/actions/commands";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";

const PopoverLayer = lazyWithRetry(() => import("./popover").then((module) => module.PopoverLayer));

export interface PopoverButtonProps extends Omit<ComponentProps<"button">, "children" | "content"> {
  readonly label: string;
  readonly popupLabel: string;
  readonly popupClassName?: string;
  readonly keys?: CommandGroup;
  readonly align?: "start" | "end";
  readonly content: (close: () => void) => ReactNode;
  readonly children: ReactNode;
}

export function PopoverButton(props: PopoverButtonProps) {
  const { label, popupLabel, popupClassName, keys, ...rest } = props;
  const { align = "end", content, children, ...button } = rest;
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        {...button}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <PopoverLayer
            anchor={anchor}
            label={popupLabel}
            align={align}
            className={popupClassName}
            keys={keys}
            onClosed={() => setOpen(false)}
          >
            {content}
          </PopoverLayer>
        </Suspense>
      )}
    </>
  );
}
