import { type ComponentProps, type ReactNode, Suspense, useRef, useState } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import type { MenuSection } from "./menu-types";

const MenuLayer = lazyWithRetry(() => import("./menu").then((module) => module.MenuLayer));

export interface MenuButtonProps extends Omit<ComponentProps<"button">, "children"> {
  readonly label: string;
  readonly sections: readonly MenuSection[];
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/** A plain button until it is pressed: a thousand rows cost no thousand menus. */
export function MenuButton({
  label,
  sections,
  align = "end",
  children,
  ...button
}: MenuButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        {...button}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuLayer
            anchor={anchor}
            label={label}
            align={align}
            sections={sections}
            onClosed={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
