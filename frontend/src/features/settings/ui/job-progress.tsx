import { type ReactNode, useId } from "react";
import { messages } from "@/shared/i18n/messages";

const t = messages.settings.data;

interface JobProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly children: ReactNode;
}

/** How far it is, and that nobody has to wait here for it. */
export function JobProgress({ label, done, total, children }: JobProgressProps) {
  const id = useId();
  return (
    <div className="grid gap-2 rounded-xl border border-line bg-surface p-4">
      <p id={id} className="font-medium">
        {label}
      </p>
      <progress
        aria-labelledby={id}
        value={total > 0 ? done : undefined}
        max={total > 0 ? total : undefined}
        className="h-2 w-full accent-accent"
      />
      <p className="text-[13px] text-ink-2">
        {total > 0 ? t.ofTotal(done, total) : t.starting} {t.mayLeave}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}
