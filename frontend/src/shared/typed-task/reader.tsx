import { CalendarDays, Clock3, X } from "lucide-react";
import type { ReactNode } from "react";
import { language, locale } from "@/shared/i18n/locale";
import { messages } from "@/shared/i18n/messages";
import { formatDue } from "@/shared/lib/format-date";
import { nowIn, type PlainDate } from "@/shared/lib/plain-date";
import { LabelMark } from "@/shared/ui/label-mark";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { asKnown } from "./known-labels";
import { readTyped } from "./read";
import type { Line, Reading, TypedToken } from "./types";

export { changeLine, pressKey, takeBack } from "./line";
export { OfferedLabels, offerLabels, pressOffer, takeLabel } from "./offered-labels";

const t = messages.quickAdd;

/** Loaded when somebody begins to type: the language of a task line, and what it understood. */
export function readLine({ text, literals }: Line, zone: string | undefined): Reading {
  const instant = new Date();
  const now = nowIn(zone, instant);
  return spelled(readTyped(text, literals, { instant, zone, now, language, isMonthFirst }));
}

function spelled(reading: Reading): Reading {
  const tokens = reading.tokens.map((token) =>
    token.kind === "label" ? { ...token, label: asKnown(token.label) } : token,
  );
  return { ...reading, tokens, labels: reading.labels.map(asKnown) };
}

const isMonthFirst =
  new Intl.DateTimeFormat(locale)
    .formatToParts()
    .find(({ type }) => type === "day" || type === "month")?.type === "month";

export interface TypedChipsProps {
  readonly text: string;
  readonly tokens: readonly TypedToken[];
  readonly today: PlainDate;
  readonly onTakeBack: (token: TypedToken) => void;
}

/** What was understood, before it is saved; each can be taken back to plain text. */
export function TypedChips({ text, tokens, today, onTakeBack }: TypedChipsProps) {
  const words = tokens.map((token) => wordsOf(token, today));
  return (
    <>
      {tokens.length > 0 && (
        <ul aria-label={t.understood} className="flex flex-wrap gap-1.5 pt-2">
          {tokens.map((token, index) => (
            <Chip
              key={token.start}
              token={token}
              words={words[index] ?? ""}
              source={text.slice(token.start, token.end)}
              onTakeBack={() => onTakeBack(token)}
            />
          ))}
        </ul>
      )}
      <p aria-live="polite" className="sr-only">
        {words.join(", ")}
      </p>
    </>
  );
}

function wordsOf(token: TypedToken, today: PlainDate): string {
  if (token.kind === "due") return t.dueIs(formatDue(token.date, token.time, today));
  if (token.kind === "time") return t.timeIs(token.time);
  if (token.kind === "label") return t.labelIs(token.label);
  return t.priorityIs(messages.tasks.priority[token.priority]);
}

interface ChipProps {
  readonly token: TypedToken;
  readonly words: string;
  readonly source: string;
  readonly onTakeBack: () => void;
}

function Chip({ token, words, source, onTakeBack }: ChipProps) {
  return (
    <li className="inline-flex h-7 touch:h-11 max-w-full items-center rounded-md bg-soft pl-2 text-[12.5px] font-medium">
      <span className="inline-flex min-w-0 items-center gap-1.5">
        <Mark token={token} words={words} />
      </span>
      <button
        type="button"
        aria-label={t.takeBack(source.trim())}
        title={t.takeBack(source.trim())}
        onClick={onTakeBack}
        onKeyDown={(event) => {
          if (event.key === "Backspace" || event.key === "Delete") onTakeBack();
        }}
        className="ml-0.5 grid size-7 touch:size-11 shrink-0 place-items-center rounded-md text-ink-2 hover:text-ink"
      >
        <X className="size-3.5" aria-hidden="true" />
      </button>
    </li>
  );
}

function Mark({ token, words }: Pick<ChipProps, "token" | "words">): ReactNode {
  if (token.kind === "label") return <LabelMark name={token.label} />;
  return (
    <>
      {token.kind === "due" && <CalendarDays className="size-3.5 shrink-0" aria-hidden="true" />}
      {token.kind === "time" && <Clock3 className="size-3.5 shrink-0" aria-hidden="true" />}
      {token.kind === "priority" && <PriorityBars priority={token.priority} />}
      <span className="truncate">{words}</span>
    </>
  );
}
