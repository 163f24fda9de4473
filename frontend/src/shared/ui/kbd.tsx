interface KbdProps {
  readonly children: string;
}

/** A key cap beside what the key does; a hint for eyes only. */
export function Kbd({ children }: KbdProps) {
  return (
    <span aria-hidden="true" className="key-cap touch:hidden">
      {children}
    </span>
  );
}
