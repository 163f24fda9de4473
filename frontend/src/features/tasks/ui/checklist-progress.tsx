import { messages } from "@/shared/i18n/messages";
import type { Checklist } from "../model/checklist";

export function ChecklistProgress({ done, total }: Checklist) {
  return (
    <span className="flex items-center gap-2 text-[12.5px] text-ink-2">
      <svg viewBox="0 0 48 4" aria-hidden="true" className="h-1 w-12">
        <rect width="48" height="4" rx="2" className="fill-bar" />
        <rect width={(48 * done) / total} height="4" rx="2" className="fill-accent" />
      </svg>
      {messages.detail.checklistDone(done, total)}
    </span>
  );
}
