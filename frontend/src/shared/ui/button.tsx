import type { ComponentProps } from "react";
import { cx } from "./class-names";

type Variant = "primary" | "plain" | "ghost" | "danger";

const BASE =
  "inline-flex h-8 touch:h-11 items-center justify-center gap-1.5 rounded-md px-3 text-[13px] font-medium whitespace-nowrap transition-colors duration-120 disabled:opacity-60";
const VARIANTS: Readonly<Record<Variant, string>> = {
  primary: "bg-accent font-semibold text-on-accent hover:bg-accent-strong",
  plain: "border border-line-strong bg-surface text-ink-2 hover:text-ink hover:border-ink-3",
  ghost: "text-ink-2 hover:bg-sunken hover:text-ink",
  danger: "border border-line-strong bg-surface text-late hover:border-late",
};

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: Variant;
}

export function Button({ variant = "plain", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={cx(BASE, VARIANTS[variant], className)} {...rest} />;
}

export interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does, in words: an icon alone says nothing to a screen reader. */
  readonly label: string;
}

export function IconButton({ label, className, type = "button", ...rest }: IconButtonProps) {
  const look =
    "inline-grid size-8 touch:size-11 shrink-0 place-items-center rounded-md text-ink-2 transition-colors duration-120 hover:bg-sunken hover:text-ink";
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cx(look, className)}
      {...rest}
    />
  );
}
