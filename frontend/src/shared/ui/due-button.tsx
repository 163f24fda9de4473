import { CalendarDays } from "lucide-react";
import type { AriaAttributes } from "react";
import { messages } from "@/shared/i18n/messages";
import { formatDue } from "@/shared/lib/format-date";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import type { PlainDate } from "@/shared/lib/plain-date";
import { cx } from "./class-names";
import { PopoverButton } from "./popover-button";

const DueForm = lazyWithRetry(() => import("./due-form").then((module) => module.DueForm));
const t = messages.due;

export interface Due {
  readonly due_date: PlainDate | null;
  readonly due_time: string | null;
}

export interface DueButtonProps extends Pick<AriaAttributes, "aria-invalid" | "aria-describedby"> {
  readonly value: Due;
  readonly today: PlainDate;
  readonly onChange: (due: Due) => void;
  readonly className?: string;
  readonly label?: string;
  /** What the button reads while there is no date; an icon alone where it is null. */
  readonly emptyText: string | null;
}

export function DueButton(props: DueButtonProps) {
  const { value, today, onChange, className, label = t.set, emptyText, ...complaint } = props;
  const text = value.due_date ? formatDue(value.due_date, value.due_time, today) : emptyText;
  return (
    <PopoverButton
      {...complaint}
      label={text ? `${label}: ${text}` : label}
      popupLabel={label}
      popupClassName="w-72 p-1"
      align={emptyText === null ? "end" : "start"}
      className={cx("inline-flex items-center gap-1.5 whitespace-nowrap", className)}
      content={(close) => <DueForm value={value} today={today} onChange={onChange} close={close} />}
    >
      {emptyText === null && <CalendarDays className="size-4 shrink-0" aria-hidden="true" />}
      {text && <span className="truncate">{text}</span>}
    </PopoverButton>
  );
}
