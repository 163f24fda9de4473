interface KbdProps {
  readonly children: string;
}

export function Kbd({ children }: KbdProps) {
  return (
    <kbd
      aria-hidden="true"
      className="rounded-[5px] border border-line-strong px-1.5 text-[11px] leading-[18px] font-medium text-ink-3 touch:hidden"
    >
      {children}
    </kbd>
  );
}
