import type { TaskPriority } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { MenuButton } from "./menu-button";
import type { MenuSection } from "./menu-types";
import { PriorityBars } from "./priority-bars";

const ORDER: readonly TaskPriority[] = ["high", "medium", "low"];

export function priorityChoices(
  current: TaskPriority | null,
  choose: (priority: TaskPriority) => void,
): MenuSection {
  return {
    label: messages.filter.priority,
    items: ORDER.map((priority) => ({
      kind: "radio",
      label: messages.tasks.priority[priority],
      icon: <PriorityBars priority={priority} />,
      isOn: priority === current,
      run: () => choose(priority),
    })),
  };
}

interface PriorityButtonProps {
  readonly value: TaskPriority;
  readonly onChange: (priority: TaskPriority) => void;
  readonly className?: string;
  readonly hasText?: boolean;
}

export function PriorityButton({ value, onChange, className, hasText }: PriorityButtonProps) {
  const name = messages.tasks.priority[value];
  return (
    <MenuButton
      label={messages.tasks.priorityOf(name)}
      align={hasText ? "start" : "end"}
      sections={[priorityChoices(value, onChange)]}
      className={className}
    >
      <PriorityBars priority={value} />
      {hasText && name}
    </MenuButton>
  );
}
