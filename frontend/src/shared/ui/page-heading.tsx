import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { cx } from "./class-names";

interface PageHeadingProps {
  readonly className?: string;
  readonly children: ReactNode;
}

interface Shown {
  readonly pathname: string;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

let last: Shown | null = null;

/** After a change of page the focus stands at its heading; the first page keeps the browser's. */
export function PageHeading({ className, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // A page that broke has another heading at the same address.
    if (last && (last.pathname !== pathname || last.heading !== heading)) {
      heading.current?.focus({ preventScroll: true });
    }
    last = { pathname, heading };
  }, [pathname]);
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className={cx("text-[25px] leading-[1.15] font-[680] tracking-[-0.015em]", className)}
    >
      {children}
    </h1>
  );
}
