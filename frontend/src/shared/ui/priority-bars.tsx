import type { TaskPriority } from "@/shared/api/types";

interface PriorityBarsProps {
  readonly priority: TaskPriority;
}

const BARS = ["M1.5 10.5v-1", "M6.5 10.5v-4.5", "M11.5 10.5v-8"] as const;
const PEN = { strokeWidth: 3, strokeLinecap: "round" } as const;
const LIT = { low: 1, medium: 2, high: 3 } as const;
const STROKE = { low: "stroke-ink-3", medium: "stroke-amber", high: "stroke-late" } as const;

/** Three rising bars, one to three of them lit. */
export function PriorityBars({ priority }: PriorityBarsProps) {
  return DRAWINGS[priority];
}

function draw(priority: TaskPriority) {
  const lit = LIT[priority];
  return (
    <svg viewBox="0 0 13 12" aria-hidden="true" className="h-3 w-[13px] shrink-0 fill-none">
      <path d={BARS.slice(0, lit).join("")} className={STROKE[priority]} {...PEN} />
      {lit < BARS.length && <path d={BARS.slice(lit).join("")} className="stroke-bar" {...PEN} />}
    </svg>
  );
}

/** Lists have hundreds: each is made once. */
const DRAWINGS = { low: draw("low"), medium: draw("medium"), high: draw("high") } as const;
