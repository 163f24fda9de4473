import type { ReactNode } from "react";

interface StripProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** One line above the page, for what is true of all of it. */
export function Strip({ icon, children }: StripProps) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-2.5 border-b border-line bg-sunken px-7 py-1.5 text-[13px] phone:px-4">
      <span className="shrink-0" aria-hidden="true">
        {icon}
      </span>
      {children}
    </div>
  );
}

interface StripButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function StripButton({ onClick, children }: StripButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-8 touch:min-h-11 font-semibold text-accent underline underline-offset-3"
    >
      {children}
    </button>
  );
}
