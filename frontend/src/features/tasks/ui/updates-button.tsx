import { ArrowUp } from "lucide-react";
import { useEffect } from "react";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { cx } from "@/shared/ui/class-names";

interface UpdatesButtonProps {
  readonly count: number;
  readonly onApply: () => void;
  /** Takes back the gap of what it stands in. */
  readonly className?: string;
}

/** Quiet, over the list, and no part of its layout: nothing moves because it appears. */
export function UpdatesButton({ count, onApply, className }: UpdatesButtonProps) {
  const text = messages.tasks.updates(count);
  useEffect(() => announce(text), [text]);
  return (
    <div className={cx("pointer-events-none sticky top-3 z-20 h-0 text-center", className)}>
      <button
        type="button"
        onClick={onApply}
        className="floating pointer-events-auto inline-flex h-8 touch:h-11 animate-rise items-center gap-1.5 rounded-full! px-3.5 text-[12.5px] font-semibold text-accent"
      >
        <ArrowUp className="size-3.5" aria-hidden="true" />
        {text}
      </button>
    </div>
  );
}
