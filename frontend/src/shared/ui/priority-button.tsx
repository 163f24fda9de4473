import type { AriaAttributes } from "react";
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

interface PriorityButtonProps extends Pick<AriaAttributes, "aria-invalid" | "aria-describedby"> {
  readonly value: TaskPriority;
  readonly onChange: (priority: TaskPriority) => void;
  readonly className?: string;
  readonly hasText?: boolean;
}

export function PriorityButton(props: PriorityButtonProps) {
  const { value, onChange, className, hasText, ...complaint } = props;
  const name = messages.tasks.priority[value];
  return (
    <MenuButton
      {...complaint}
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
