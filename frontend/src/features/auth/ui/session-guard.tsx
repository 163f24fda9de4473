import { Suspense } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";

const SessionEndedDialog = lazyWithRetry(() =>
  import("./session-ended-dialog").then((module) => module.SessionEndedDialog),
);

export function SessionGuard() {
  const { status } = useStore(sessionStore);
  if (status !== "ended") return null;
  return (
    <Suspense fallback={null}>
      <SessionEndedDialog />
    </Suspense>
  );
}
