import type { Progress } from "@/shared/api/types";
import { formatNumber } from "@/shared/i18n/count";
import { messages } from "@/shared/i18n/messages";
import { LabelMark } from "@/shared/ui/label-mark";

const t = messages.progress;

/** Rows of a name, a bar and a number: the number says it all, the bar says it at a glance. */
const ROW = "grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-3 py-1.5 text-[13.5px]";

export function AgeBars({ ages }: { readonly ages: Progress["open_by_age"] }) {
  const most = Math.max(1, ...ages.map(({ count }) => count));
  return (
    <section>
      <h2 className="mb-2 text-[15px] font-semibold">{t.byAge}</h2>
      <ul>
        {ages.map(({ name, count }) => (
          <li key={name} className={ROW}>
            <span className="truncate text-ink-2">{t.ages[name]}</span>
            <Bar parts={[{ share: count / most, look: "fill-blue" }]} />
            <span className="font-semibold">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LabelBars({ labels }: { readonly labels: Progress["by_label"] }) {
  const most = Math.max(1, ...labels.map(({ open, completed }) => open + completed));
  return (
    <section>
      <h2 className="mb-2 text-[15px] font-semibold">{t.byLabel}</h2>
      <ul>
        {labels.map(({ name, open, completed }) => (
          <li key={name} className={ROW}>
            <LabelMark name={name} />
            <Bar
              parts={[
                { share: completed / most, look: "fill-accent" },
                // Hollow: what is open differs from what is done by shape, not by colour.
                { share: open / most, look: "fill-transparent stroke-accent" },
              ]}
            />
            <span className="text-[12.5px] whitespace-nowrap text-ink-2">
              {t.labelCounts(open, completed)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface BarProps {
  readonly parts: readonly { readonly share: number; readonly look: string }[];
}

function Bar({ parts }: BarProps) {
  let left = 0;
  return (
    <svg aria-hidden="true" className="h-3 w-full min-w-0">
      {parts.map(({ share, look }) => {
        const x = left;
        left += share;
        return (
          <rect
            key={look}
            x={`${x * 98 + 0.6}%`}
            y="1"
            width={`${share * 98}%`}
            height="10"
            rx="2"
            strokeWidth="1.5"
            className={look}
          />
        );
      })}
    </svg>
  );
}
