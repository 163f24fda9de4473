import { Link } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { LabelMark } from "@/shared/ui/label-mark";
import { NO_FILTER } from "../model/filter";
import { queryOf } from "../model/url";

/** A label that leads to all that carry it. The keyboard's way there is the filter. */
export function LabelLink({ name }: { readonly name: string }) {
  const query = queryOf({ ...NO_FILTER, label: [name] }, { ordering: "due_date" });
  return (
    <Link
      to={`/tasks?${query}`}
      tabIndex={-1}
      title={messages.filter.byLabel(name)}
      className="relative z-10 inline-flex min-h-6 min-w-0 items-center rounded-sm hover:text-ink hover:underline"
    >
      <LabelMark name={name} />
    </Link>
  );
}
