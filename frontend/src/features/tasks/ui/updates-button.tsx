import { ArrowUp } from "lucide-react";
import { useEffect } from "react";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";

interface UpdatesButtonProps {
  readonly count: number;
  readonly onApply: () => void;
}

/** Quiet, over the list, and no part of its layout: nothing moves because it appears. */
export function UpdatesButton({ count, onApply }: UpdatesButtonProps) {
  const text = messages.tasks.updates(count);
  useEffect(() => announce(text), [text]);
  return (
    <div className="pointer-events-none sticky top-3 z-20 -mb-3 h-0 text-center">
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
