import type { RefObject } from "react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { MenuLayer } from "@/shared/ui/menu";
import { taskMenu } from "./task-menu";

interface RowMenuProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly task: Task;
  readonly isSelected: boolean;
  readonly onClosed: () => void;
}

export function RowMenu({ task, isSelected, ...layer }: RowMenuProps) {
  return (
    <MenuLayer
      {...layer}
      label={messages.tasks.more(task.title)}
      align="end"
      sections={taskMenu(task, isSelected)}
    />
  );
}
