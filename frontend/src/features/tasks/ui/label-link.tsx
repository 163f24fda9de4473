import { messages } from "@/shared/i18n/messages";
import { LabelMark } from "@/shared/ui/label-mark";
import { NO_FILTER } from "../model/filter";
import { queryOf } from "../model/url";

interface LabelLinkProps {
  readonly name: string;
  /** In a list it is no stop of the keyboard, whose way there is the filter. */
  readonly isStop?: boolean;
}

/** A label that leads to all that carry it. */
export function LabelLink({ name, isStop = false }: LabelLinkProps) {
  const query = queryOf({ ...NO_FILTER, label: [name] }, { ordering: "due_date" });
  return (
    <a
      href={`/tasks?${query}`}
      data-inner="page"
      tabIndex={isStop ? 0 : -1}
      title={messages.filter.byLabel(name)}
      className="relative z-10 inline-flex min-h-6 min-w-0 items-center rounded-sm hover:text-ink hover:underline"
    >
      <LabelMark name={name} />
    </a>
  );
}
