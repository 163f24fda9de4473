import { messages } from "@/shared/i18n/messages";
import { useDelayed } from "@/shared/lib/use-delayed";
import { cx } from "./class-names";

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-2/3", "w-1/3", "w-3/5"] as const;

/** Rows to come. Nothing at all for the first 300 ms: most answers are faster. */
export function SkeletonRows() {
  const isLate = useDelayed(true);
  if (!isLate) return null;
  return (
    <div role="status" className="mt-6">
      <span className="sr-only">{messages.app.loading}</span>
      {WIDTHS.map((width, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          key={index}
          className="flex h-10 animate-pulse-soft items-center gap-3 border-b border-line px-2 phone:h-[52px]"
        >
          <span className="size-[18px] rounded-full bg-sunken" />
          <span className={cx("h-3 rounded-sm bg-sunken", width)} />
        </div>
      ))}
    </div>
  );
}
