import { CalendarDays, CircleCheck, SquareCheck, Tag, Trash2 } from "lucide-react";
import type { Task, TaskStatus } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import type { MenuSection } from "@/shared/ui/menu-types";
import { priorityChoices } from "@/shared/ui/priority-button";
import { StatusRing } from "@/shared/ui/status-ring";
import { changeTask, moveToTrash, toggleDone, toggleStarted } from "../model/commands";
import { STATUSES } from "../model/filter";
import { openPicker } from "../model/picker";
import { toggleSelected } from "../model/selection";

const t = messages.tasks;
const s = messages.selection;

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
export function taskMenu(task: Task, isSelected: boolean): MenuSection[] {
  const priorities = priorityChoices(task.priority, (priority) => changeTask(task, { priority }));
  return [
    { items: [completeItem(task), startItem(task)] },
    { items: [pickItem("date", task), pickItem("labels", task)] },
    { ...priorities, command: "task.priority" },
    { items: [selectItem(task, isSelected), trashItem(task)] },
  ];
}

/** The same for a card, whose place is a choice of its own, and which nobody selects. */
export function cardMenu(task: Task, moves: MenuSection): MenuSection[] {
  const priorities = priorityChoices(task.priority, (priority) => changeTask(task, { priority }));
  return [
    { items: [completeItem(task), startItem(task)] },
    moves,
    { items: [pickItem("date", task), pickItem("labels", task)] },
    { ...priorities, command: "task.priority" },
    { items: [trashItem(task)] },
  ];
}

type Item = MenuSection["items"][number];

function completeItem(task: Task): Item {
  return {
    kind: "action",
    label: task.status === "completed" ? s.reopen : s.complete,
    icon: <CircleCheck className="size-4" aria-hidden="true" />,
    command: "task.complete",
    run: () => toggleDone(task),
  };
}

function startItem(task: Task): Item {
  const isStarted = task.status === "in_progress";
  return {
    kind: "action",
    label: isStarted ? t.stop : t.start,
    icon: <StatusRing status={isStarted ? "pending" : "in_progress"} className="size-4" />,
    command: "task.start",
    run: () => toggleStarted(task),
  };
}

function pickItem(kind: "date" | "labels", task: Task): Item {
  const Icon = kind === "date" ? CalendarDays : Tag;
  return {
    kind: "action",
    label: kind === "date" ? s.dateItem : s.labelItem,
    icon: <Icon className="size-4" aria-hidden="true" />,
    command: `task.${kind}`,
    run: () => openPicker(kind, [task.id]),
  };
}

function selectItem(task: Task, isSelected: boolean): Item {
  return {
    kind: "action",
    label: isSelected ? s.deselect : s.select,
    icon: <SquareCheck className="size-4" aria-hidden="true" />,
    command: "list.select",
    run: () => toggleSelected(task.id),
  };
}

function trashItem(task: Task): Item {
  return {
    kind: "action",
    label: t.moveToTrash,
    icon: <Trash2 className="size-4" aria-hidden="true" />,
    isDanger: true,
    command: "task.trash",
    run: () => moveToTrash(task),
  };
}
