import { Suspense, useEffect, useState } from "react";
import { countWaiting, readCache } from "@/features/tasks/model/cache";
import { managingStore } from "@/features/tasks/model/managing";
import { BulkStatus } from "@/features/tasks/ui/bulk-status";
import { PickerHost } from "@/features/tasks/ui/picker-host";
import { startKeyboard } from "@/shared/actions/keyboard";
import { useCommand } from "@/shared/actions/registry";
import { canUndo, undoLast } from "@/shared/actions/undo";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { signOut } from "@/shared/session/session";
import { useGoCommands } from "./go-commands";
import { relabelFilters } from "./relabel-filters";

const Palette = lazyWithRetry(() => import("./palette").then((module) => module.Palette));
const LabelsDialog = lazyWithRetry(() =>
  import("@/features/tasks/ui/labels-dialog").then((module) => module.LabelsDialog),
);
const LeavingDialog = lazyWithRetry(() =>
  import("./leaving-dialog").then((module) => module.LeavingDialog),
);
const ShortcutHelp = lazyWithRetry(() =>
  import("./shortcut-help").then((module) => module.ShortcutHelp),
);

/** What every page has and none needs for its first paint. */
export function Late() {
  useGoCommands();
  useCommand("edit.undo", undoLast, { isEnabled: canUndo });
  // Last, because keys that were pressed before find their commands now.
  useEffect(startKeyboard, []);
  return (
    <>
      <PickerHost />
      <BulkStatus />
      <Layers />
    </>
  );
}

function Layers() {
  const [open, setOpen] = useState<"palette" | "help" | "leaving" | null>(null);
  useCommand("palette.open", () => setOpen("palette"));
  useCommand("help.open", () => setOpen("help"));
  const isManaging = useStore(managingStore);
  useCommand("labels.manage", () => managingStore.set(true));
  useCommand("account.signOut", () => {
    if (countWaiting(readCache()) > 0) setOpen("leaving");
    else void signOut();
  });
  const close = () => setOpen(null);
  return (
    <Suspense fallback={null}>
      {open === "palette" && <Palette onClosed={close} />}
      {open === "help" && <ShortcutHelp onClose={close} />}
      {open === "leaving" && <LeavingDialog onStay={close} />}
      {isManaging && (
        <LabelsDialog onRenamed={relabelFilters} onClose={() => managingStore.set(false)} />
      )}
    </Suspense>
  );
}
