import { WifiOff } from "lucide-react";
import { catchUp } from "@/features/tasks/model/sync";
import { useTaskCounts } from "@/features/tasks/model/use-tasks";
import { messages } from "@/shared/i18n/messages";
import { onlineStore } from "@/shared/lib/online";
import { useStore } from "@/shared/lib/store";

const t = messages.errors;

export function OfflineBanner() {
  const isOnline = useStore(onlineStore);
  const { waiting } = useTaskCounts();
  return (
    <div role="status">
      {!isOnline && (
        <div className="flex min-h-10 items-center gap-2.5 border-b border-line bg-sunken px-7 py-1.5 text-[13px] phone:px-4">
          <WifiOff className="size-4 shrink-0 text-amber" aria-hidden="true" />
          <p className="min-w-0 flex-1">
            <span className="font-semibold">{t.offline}</span>{" "}
            {waiting > 0 ? t.offlineWaiting(waiting) : t.offlineLead}
          </p>
          <button
            type="button"
            onClick={tryNow}
            className="min-h-8 touch:min-h-11 font-semibold text-accent underline underline-offset-3"
          >
            {t.offlineRetry}
          </button>
        </div>
      )}
    </div>
  );
}

/** The browser may be wrong about the network; asking the server settles it. */
function tryNow(): void {
  if (navigator.onLine) onlineStore.set(true);
  void catchUp();
}
