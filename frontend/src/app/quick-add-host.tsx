import { Suspense, useState } from "react";
import { useCommand } from "@/shared/actions/registry";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";

const QuickAddDialog = lazyWithRetry(() =>
  import("./quick-add-dialog").then((module) => module.QuickAddDialog),
);

/** Quick-add where a page has no line of its own; a page that has one comes first. */
export function QuickAddHost() {
  const [isOpen, setOpen] = useState(false);
  useCommand("task.add", () => setOpen(true));
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <QuickAddDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}
