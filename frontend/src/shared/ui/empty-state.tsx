import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly lead: string;
  /** The one next step. */
  readonly children: ReactNode;
  readonly isAlert?: boolean;
}

/** A page without rows: says why, and offers exactly one way on. */
export function EmptyState({ icon: Icon, title, lead, children, isAlert }: EmptyStateProps) {
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className="aura mt-4 grid animate-rise justify-items-center gap-1 rounded-xl border border-line px-6 py-14 text-center"
    >
      <span className="mb-3 grid size-12 place-items-center rounded-full border border-line bg-surface text-accent">
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mb-4 max-w-[38ch] text-ink-2">{lead}</p>
      {children}
    </div>
  );
}
