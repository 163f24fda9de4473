import { useEffect } from "react";
import { useTaskCounts } from "@/features/tasks/model/use-tasks";
import { messages } from "@/shared/i18n/messages";
import { useDelayed } from "@/shared/lib/use-delayed";
import { signOut } from "@/shared/session/session";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";

const t = messages.leaving;

/** Signs out as soon as nothing is on its way any more, and asks while something is. */
export function LeavingDialog({ onStay }: { readonly onStay: () => void }) {
  const { waiting } = useTaskCounts();
  const isAsked = useDelayed(waiting > 0);
  useEffect(() => {
    if (waiting === 0) void signOut();
  }, [waiting]);
  if (!isAsked) return null;
  return (
    <Sheet label={t.title} place="center" onClose={onStay}>
      <div className="grid gap-4 p-5">
        <div>
          <h2 className="text-lg font-semibold">{t.title}</h2>
          <p className="mt-1 text-ink-2">{t.lead(waiting)}</p>
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onStay} className="h-9 px-4">
            {t.stay}
          </Button>
          <Button variant="danger" className="h-9 px-4" onClick={() => void signOut()}>
            {t.anyway}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
