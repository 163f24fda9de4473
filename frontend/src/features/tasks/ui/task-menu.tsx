import { Trash2 } from "lucide-react";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { MenuSection } from "@/shared/ui/menu-types";
import { priorityChoices } from "@/shared/ui/priority-button";
import { StatusRing } from "@/shared/ui/status-ring";
import { changeTask, moveToTrash, setStatus } from "../model/commands";
import { STATUSES } from "../model/filter";

const t = messages.tasks;

export function statusChoices(
  current: TaskStatus,
  choose: (status: TaskStatus) => void,
): MenuSection {
  return {
    label: messages.filter.status,
    items: STATUSES.map((status) => ({
      kind: "radio",
      label: t.status[status],
      icon: <StatusRing status={status} className="size-4" />,
      isOn: status === current,
      run: () => choose(status),
    })),
  };
}

/** Everything that can be done to a task without opening it. */
export function taskMenu(task: Task): MenuSection[] {
  return [
    statusChoices(task.status, (status) => setStatus(task, status)),
    priorityChoices(task.priority, (priority) => changeTask(task, { priority })),
    { items: [trashItem(task)] },
  ];
}

function trashItem(task: Task): MenuSection["items"][number] {
  return {
    kind: "action",
    label: t.moveToTrash,
    icon: <Trash2 className="size-4" aria-hidden="true" />,
    isDanger: true,
    run: () => moveToTrash(task),
  };
}
