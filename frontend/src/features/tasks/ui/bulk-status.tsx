import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { useDelayed } from "@/shared/lib/use-delayed";
import { Button } from "@/shared/ui/button";
import { bulkStore } from "../model/bulk";

const t = messages.selection;

/** Goes on wherever one navigates; what was not sent yet can be called off. */
export function BulkStatus() {
  const progress = useStore(bulkStore);
  const isShown = useDelayed(progress !== null);
  if (!isShown || !progress) return null;
  const { done, total, cancel } = progress;
  return (
    <div
      role="status"
      className="floating fixed top-4 left-1/2 z-50 flex -translate-x-1/2 animate-rise items-center gap-3 py-1.5 pr-1.5 pl-4 text-[13.5px]"
    >
      <progress
        max={total}
        value={done}
        aria-label={t.working(done, total)}
        className="h-1.5 w-28 accent-accent"
      />
      <span className="whitespace-nowrap" aria-hidden="true">
        {t.working(done, total)}
      </span>
      <Button onClick={cancel}>{t.cancel}</Button>
    </div>
  );
}
