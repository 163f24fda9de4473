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
  const { panel, close } = usePanel();
  if (!panel) return null;
  const leave = () => {
    document.querySelector<HTMLElement>("[data-task-link][aria-current]")?.focus();
    close();
  };
  return (
    <ErrorBoundary
      resetKey={JSON.stringify(panel)}
      fallback={(reset, error) => (
        <Crashed onRetry={reset} onClose={leave} isOld={isMissingChunk(error)} />
      )}
    >
      <Suspense fallback={null}>
        <TaskPanel defaultDue={defaultDue} />
      </Suspense>
    </ErrorBoundary>
  );
}

interface CrashedProps {
  readonly onRetry: () => void;
  readonly onClose: () => void;
  /** Its code left with a deploy: only a reload gets the new one. */
  readonly isOld: boolean;
}

/** Over the page on every screen, and no layer: what is behind it can be used. */
function Crashed({ onRetry, onClose, isOld }: CrashedProps) {
  const t = messages.errors;
  return (
    <aside
      role="alert"
      className="floating fixed right-4 bottom-4 z-20 grid w-[320px] animate-rise gap-3 p-6 phone:bottom-[calc(78px+env(safe-area-inset-bottom))] phone:left-4 phone:w-auto"
    >
      <p className="font-semibold">{isOld ? t.chunkTitle : messages.detail.crashed}</p>
      {isOld && <p className="text-ink-2">{t.chunkLead}</p>}
      <div className="flex gap-2">
        <Button
          variant={isOld ? "primary" : "plain"}
          onClick={isOld ? () => location.reload() : onRetry}
        >
          {isOld ? t.reload : t.retry}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {messages.app.close}
        </Button>
      </div>
    </aside>
  );
}
