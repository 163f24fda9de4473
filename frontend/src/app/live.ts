import { startNotificationSync } from "@/features/notifications/model/sync";
import { startKeeping } from "@/features/tasks/model/copy";
import { labelNames } from "@/features/tasks/model/label-counts";
import { openTasksQuery } from "@/features/tasks/model/load";
import { startOutbox } from "@/features/tasks/model/outbox";
import { startTaskSync } from "@/features/tasks/model/sync";
import { queryClient } from "@/shared/api/query-client";
import { startRealtime } from "@/shared/realtime/socket";
import { provideLabels } from "@/shared/typed-task/known-labels";
import { startServiceWorker } from "./service-worker";

/** All that goes on behind the pages while somebody is signed in. None of it is in the first paint. */
export function startLive(): () => void {
  const stops = [
    startTaskSync(),
    startNotificationSync(),
    startKeeping(),
    startOutbox(),
    startRealtime(),
    provideLabels(labelNames),
  ];
  if (import.meta.env.PROD && "serviceWorker" in navigator) startWorker();
  return () => {
    for (const stop of stops) stop();
  };
}

let hasWorker = false;

/**
 * Once a page, whoever signs in and out of it, and not while the first tasks are on their
 * way: it fetches the whole application.
 */
function startWorker(): void {
  if (hasWorker) return;
  hasWorker = true;
  const start = () => void startServiceWorker().catch(() => undefined);
  queryClient.ensureQueryData(openTasksQuery).then(start, start);
}
