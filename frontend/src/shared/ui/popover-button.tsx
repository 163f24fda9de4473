import { type ComponentProps, type ReactNode, Suspense, useRef, useState } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";

const PopoverLayer = lazyWithRetry(() => import("./popover").then((module) => module.PopoverLayer));

export interface PopoverButtonProps extends Omit<ComponentProps<"button">, "children" | "content"> {
  readonly label: string;
  readonly popupLabel: string;
  readonly popupClassName?: string;
  readonly align?: "start" | "end";
  readonly content: (close: () => void) => ReactNode;
  readonly children: ReactNode;
}

export function PopoverButton(props: PopoverButtonProps) {
  const { label, popupLabel, popupClassName, align = "end", content, children, ...button } = props;
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
            onClosed={() => setOpen(false)}
          >
            {content}
          </PopoverLayer>
        </Suspense>
      )}
    </>
  );
}
