interface KbdProps {
  readonly children: string;
}

/** A key cap beside what the key does; a hint for eyes only. */
export function Kbd({ children }: KbdProps) {
  return (
    <span
      aria-hidden="true"
      className="rounded-[5px] border border-line-strong px-1.5 text-[11px] leading-[18px] font-medium text-ink-3 touch:hidden"
    >
      {children}
    </span>
  );
}
