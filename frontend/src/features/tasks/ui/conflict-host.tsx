import { Suspense } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { conflictStore } from "../model/conflict";

const ConflictDialog = lazyWithRetry(() =>
  import("./conflict-dialog").then((module) => module.ConflictDialog),
);

export function ConflictHost() {
  const conflict = useStore(conflictStore);
  if (!conflict) return null;
  const { task, fields } = conflict;
  return (
    <Suspense fallback={null}>
      <ConflictDialog key={[task.id, task.version, ...fields].join()} conflict={conflict} />
    </Suspense>
  );
}
