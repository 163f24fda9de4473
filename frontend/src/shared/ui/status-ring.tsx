import type { TaskStatus } from "@/shared/api/types";

interface StatusRingProps {
  readonly status: TaskStatus;
  readonly className?: string;
}

/** A shape, not only a colour: an empty, a half and a checked circle. */
export function StatusRing({ status, className = "size-[18px]" }: StatusRingProps) {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" className={className}>
      {SHAPES[status]}
    </svg>
  );
}

const SHAPES = {
  pending: <circle cx="9" cy="9" r="7.25" fill="none" strokeWidth="1.5" className="stroke-ink-3" />,
  in_progress: (
    <>
      <circle cx="9" cy="9" r="7.25" fill="none" strokeWidth="1.5" className="stroke-blue" />
      <path d="M9 4.6a4.4 4.4 0 0 1 0 8.8z" className="fill-blue" />
    </>
  ),
  completed: (
    <>
      <circle cx="9" cy="9" r="8" className="fill-accent" />
      <path
        d="m5.6 9.3 2.3 2.3 4.5-4.8"
        fill="none"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
    </>
  ),
} as const;
