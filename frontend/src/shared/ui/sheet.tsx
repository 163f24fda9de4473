import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { cx } from "./class-names";

/** bottom: a phone's sheet. side: over the list on a tablet. center: a question. */
export type SheetPlace = "bottom" | "side" | "center";

export interface SheetProps {
  readonly label: string;
  readonly place: SheetPlace;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** A question that must be answered has no way around it. */
  readonly isModalOnly?: boolean;
  /** False where the content places the focus itself. */
  readonly initialFocus?: boolean;
  readonly finalFocus?: () => HTMLElement | null;
  readonly className?: string;
}

const PLACES: Readonly<Record<SheetPlace, string>> = {
  bottom:
    "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl border-t animate-sheet pb-[env(safe-area-inset-bottom)]",
  side: "inset-y-0 right-0 w-[min(440px,92vw)] border-l animate-drawer",
  center:
    "top-1/2 left-1/2 max-h-[92dvh] w-[min(420px,calc(100vw-32px))] -translate-1/2 rounded-xl border animate-rise",
};

export function Sheet(props: SheetProps) {
  const {
    label,
    place,
    onClose,
    children,
    isModalOnly = false,
    initialFocus = true,
    finalFocus,
    className,
  } = props;
  return (
    <Dialog.Root
      open
      disablePointerDismissal={isModalOnly}
      onOpenChange={(next) => (next || isModalOnly ? undefined : onClose())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop forceRender className="fixed inset-0 z-40 bg-[rgb(20_19_17/0.36)]" />
        <Dialog.Popup
          aria-label={label}
          data-layer
          initialFocus={initialFocus}
          {...(finalFocus && { finalFocus })}
          className={cx(
            "fixed z-40 overflow-y-auto overscroll-contain border-line bg-surface shadow-[var(--shadow)] outline-none",
            PLACES[place],
            className,
          )}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
