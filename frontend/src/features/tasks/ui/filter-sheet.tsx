import type { RefObject } from "react";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";
import { FilterPanel, type FilterPanelProps } from "./filter-panel";

interface FilterSheetProps extends Omit<FilterPanelProps, "onLeave"> {
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** The list changes behind it at once; "Done" is where the thumb is. */
export function FilterSheet({ opener, onClose, ...panel }: FilterSheetProps) {
  return (
    <Sheet
      label={messages.filter.title}
      place="bottom"
      onClose={onClose}
      initialFocus={false}
      finalFocus={() => opener.current}
      className="flex flex-col overflow-y-hidden"
    >
      <div className="min-h-0 overflow-y-auto overscroll-contain">
        <FilterPanel {...panel} onLeave={onClose} />
      </div>
      <div className="border-t border-line bg-surface p-3">
        <Button variant="primary" onClick={onClose} className="w-full">
          {messages.filter.done}
        </Button>
      </div>
    </Sheet>
  );
}
