import { Plus } from "lucide-react";
import { useSearchParams } from "react-router";
import { selectionStore } from "@/features/tasks/model/selection";
import { readPanel } from "@/features/tasks/model/url";
import { usePanel } from "@/features/tasks/model/use-panel";
import { useCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";

/** On a phone a thumb reaches it; quick-add there is the sheet it opens. */
export function AddButton() {
  const { open } = usePanel();
  const [params] = useSearchParams();
  useCommand("task.add", () => open({ kind: "new" }));
  const isSelecting = useStore(selectionStore).ids.size > 0;
  if (readPanel(params) || isSelecting) return null;
  return (
    <button
      type="button"
      data-task-link="new"
      aria-label={messages.quickAdd.add}
      onClick={() => open({ kind: "new" })}
      className="fixed right-4 bottom-[calc(78px+env(safe-area-inset-bottom))] z-20 grid size-14 place-items-center rounded-2xl bg-accent text-on-accent shadow-[var(--shadow)]"
    >
      <Plus className="size-6" aria-hidden="true" />
    </button>
  );
}
