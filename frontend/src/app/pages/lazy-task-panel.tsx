import { Suspense } from "react";
import { usePanel } from "@/features/tasks/model/use-panel";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
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
      fallback={(reset) => <Crashed onRetry={reset} />}
    >
      <Suspense fallback={null}>
        <TaskPanel defaultDue={defaultDue} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Crashed({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <aside role="alert" className="grid w-[320px] content-start gap-3 border-l border-line p-6">
      <p className="font-semibold">{messages.detail.crashed}</p>
      <Button onClick={onRetry} className="justify-self-start">
        {messages.errors.retry}
      </Button>
    </aside>
  );
}
