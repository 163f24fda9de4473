import { RefreshCw, WifiOff } from "lucide-react";
import { Suspense } from "react";
import { stalledStore } from "@/features/tasks/model/queue";
import { refusedStore } from "@/features/tasks/model/refused";
import { useTaskCounts } from "@/features/tasks/model/use-tasks";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { onlineStore, reachedStore } from "@/shared/lib/online";
import { useStore } from "@/shared/lib/store";
import { Strip, StripButton } from "@/shared/ui/strip";
import { updateStore } from "./update";

const t = messages.offline;

const RefusedChanges = lazyWithRetry(() =>
  import("@/features/tasks/ui/refused-changes").then((module) => module.RefusedChanges),
);

/** What stands between the screen and the server: no network, no answer, a refusal, an old version. */
export function OfflineBanner() {
  const isOnline = useStore(onlineStore);
  const isReached = useStore(reachedStore);
  const isStalled = useStore(stalledStore);
  const { waiting } = useTaskCounts();
  const update = useStore(updateStore);
  const hasRefused = useStore(refusedStore).length > 0;
  return (
    <>
      <div role="status">
        {(!isOnline || !isReached || isStalled) && (
          <Strip icon={<WifiOff className="size-4 text-amber" />}>
            <p className="min-w-0 flex-1">
              <span className="font-semibold">{isOnline ? t.unreached : t.offline}</span>{" "}
              {waiting > 0 ? (isOnline ? t.waitingForServer : t.waiting)(waiting) : t.lead}
            </p>
            <StripButton onClick={tryNow}>{t.tryNow}</StripButton>
          </Strip>
        )}
      </div>
      <div role="status">
        {update && (
          <Strip icon={<RefreshCw className="size-4" />}>
            <p className="min-w-0 flex-1">{t.newVersion}</p>
            <StripButton onClick={update}>{t.reload}</StripButton>
          </Strip>
        )}
      </div>
      {hasRefused && (
        <Suspense fallback={null}>
          <RefusedChanges />
        </Suspense>
      )}
    </>
  );
}

/** The browser may be wrong about the network; asking the server settles it. */
async function tryNow(): Promise<void> {
  if (navigator.onLine) onlineStore.set(true);
  const { catchUp } = await import("@/features/tasks/model/sync");
  await catchUp();
}
