import type { TaskPriority } from "@/shared/api/types";
import type { Language } from "@/shared/i18n/locale";
import type { PlainDate, ZonedNow } from "@/shared/lib/plain-date";

/** A stretch of text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Line {
  readonly text: string;
  /** Stretches that were taken back: they stay words. */
  readonly literals: readonly Span[];
}

export type TypedToken = Span &
  (
    | { readonly kind: "due"; readonly date: PlainDate; readonly time: string | null }
    | { readonly kind: "time"; readonly time: string }
    | { readonly kind: "priority"; readonly priority: TaskPriority }
    | { readonly kind: "label"; readonly label: string }
  );

/** What a line says of a task: null where it says nothing. */
export interface Reading {
  readonly title: string;
  readonly due: { readonly due_date: PlainDate; readonly due_time: string | null } | null;
  readonly priority: TaskPriority | null;
  readonly labels: readonly string[];
  readonly tokens: readonly TypedToken[];
}

/** When and in which words the line is typed. */
export interface Clock {
  readonly instant: Date;
  /** The account's zone: "tomorrow" is tomorrow there, wherever the browser is. */
  readonly zone: string | undefined;
  readonly now: ZonedNow;
  readonly language: Language;
  /** 12/24 rather than 24/12. */
  readonly isMonthFirst: boolean;
}
