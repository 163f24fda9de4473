import { useEffect } from "react";
import { BulkStatus } from "@/features/tasks/ui/bulk-status";
import { PickerHost } from "@/features/tasks/ui/picker-host";
import { startKeyboard } from "@/shared/actions/keyboard";
import { useCommand } from "@/shared/actions/registry";
import { canUndo, undoLast } from "@/shared/actions/undo";
import { useGoCommands } from "./go-commands";

/** What every page has and none needs for its first paint. */
export function Late() {
  useEffect(startKeyboard, []);
  useGoCommands();
  useCommand("edit.undo", undoLast, { isEnabled: canUndo });
  return (
    <>
      <PickerHost />
      <BulkStatus />
    </>
  );
}
