import { ChevronRight } from "lucide-react";
import { Suspense, useId, useState } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";

const TaskHistory = lazyWithRetry(() =>
  import("./task-history").then((module) => module.TaskHistory),
);

/** Closed until somebody wants to know. */
export function HistorySection({ task }: { readonly task: Task }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <section className="mt-3 border-t border-line pt-2">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          className="-ml-1.5 flex h-8 touch:h-11 items-center gap-1 rounded-md px-1.5 text-[13px] font-medium text-ink-2 hover:bg-sunken hover:text-ink"
        >
          <ChevronRight
            className={`size-4 transition-transform duration-120 ${isOpen ? "rotate-90" : ""}`}
            aria-hidden="true"
          />
          {messages.history.title}
        </button>
      </h3>
      <div id={id}>
        {isOpen && (
          <Suspense fallback={null}>
            <TaskHistory task={task} />
          </Suspense>
        )}
      </div>
    </section>
  );
}
