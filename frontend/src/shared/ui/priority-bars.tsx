import type { TaskPriority } from "@/shared/api/types";

interface PriorityBarsProps {
  readonly priority: TaskPriority;
}

const BARS = [
  { x: 0, y: 8, height: 4 },
  { x: 5, y: 4.5, height: 7.5 },
  { x: 10, y: 1, height: 11 },
] as const;
const LIT = { low: 1, medium: 2, high: 3 } as const;
const FILL = { low: "fill-ink-3", medium: "fill-amber", high: "fill-late" } as const;

/** Three rising bars, one to three of them lit. */
export function PriorityBars({ priority }: PriorityBarsProps) {
  return (
    <svg viewBox="0 0 13 12" aria-hidden="true" className="h-3 w-[13px] shrink-0">
      {BARS.map((bar, index) => (
        <rect
          key={bar.x}
          width="3"
          rx="1"
          {...bar}
          className={index < LIT[priority] ? FILL[priority] : "fill-bar"}
        />
      ))}
    </svg>
  );
}
