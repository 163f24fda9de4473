import { Suspense } from "react";
import { usePanel } from "@/features/tasks/model/use-panel";
import { messages } from "@/shared/i18n/messages";
import { isMissingChunk, lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { Button } from "@/shared/ui/button";
import { ErrorBoundary } from "@/shared/ui/error-boundary";

const TaskPanel = lazyWithRetry(() =>
  import("@/features/tasks/ui/task-panel").then((module) => module.TaskPanel),
);

interface LazyTaskPanelProps {
  readonly defaultDue: string | null;
}

/** A crash in the panel leaves the list and the navigation usable. */
export function LazyTaskPanel({ defaultDue }: LazyTaskPanelProps) {
  const { panel } = usePanel();
  if (!panel) return null;
  return (
    <ErrorBoundary
      resetKey={JSON.stringify(panel)}
      fallback={(reset, error) => <Crashed onRetry={reset} isOld={isMissingChunk(error)} />}
    >
      <Suspense fallback={null}>
        <TaskPanel defaultDue={defaultDue} />
      </Suspense>
    </ErrorBoundary>
  );
}

interface CrashedProps {
  readonly onRetry: () => void;
  /** Its code left with a deploy: only a reload gets the new one. */
  readonly isOld: boolean;
}

function Crashed({ onRetry, isOld }: CrashedProps) {
  const t = messages.errors;
  return (
    <aside role="alert" className="grid w-[320px] content-start gap-3 border-l border-line p-6">
      <p className="font-semibold">{isOld ? t.chunkTitle : messages.detail.crashed}</p>
      {isOld && <p className="text-ink-2">{t.chunkLead}</p>}
      <Button
        variant={isOld ? "primary" : "plain"}
        onClick={isOld ? () => location.reload() : onRetry}
        className="justify-self-start"
      >
        {isOld ? t.reload : t.retry}
      </Button>
    </aside>
  );
}
