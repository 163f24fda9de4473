import { startNotificationSync } from "@/features/notifications/model/sync";
import { startKeeping } from "@/features/tasks/model/copy";
import { labelNames } from "@/features/tasks/model/label-counts";
import { startOutbox } from "@/features/tasks/model/outbox";
import { startTaskSync } from "@/features/tasks/model/sync";
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

/** Once a page, whoever signs in and out of it. */
function startWorker(): void {
  if (hasWorker) return;
  hasWorker = true;
  startServiceWorker().catch(() => undefined);
}
