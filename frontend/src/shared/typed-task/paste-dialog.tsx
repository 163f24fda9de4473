import { useMemo, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { formatDue } from "@/shared/lib/format-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { sessionStore } from "@/shared/session/session";
import { Button } from "@/shared/ui/button";
import { LabelMark } from "@/shared/ui/label-mark";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { Sheet } from "@/shared/ui/sheet";
import { LINES_MAX, linesOf } from "./lines";
import { readLine } from "./reader";
import type { Reading } from "./types";

const t = messages.quickAdd;

export interface PasteDialogProps {
  readonly text: string;
  /** Answers with the places of lines that were refused. */
  readonly onMany: (
    readings: readonly Reading[],
    onProgress: (done: number) => void,
  ) => Promise<readonly number[]>;
  readonly onOne: (line: string) => void;
  readonly onClose: () => void;
}

/** Asks what several pasted lines are, shows how far they are, and may be left meanwhile. */
export function PasteDialog({ text, onMany, onOne, onClose }: PasteDialogProps) {
  const lines = useMemo(() => linesOf(text), [text]);
  const readings = useReadings(lines);
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<readonly number[]>([]);
  const add = async () => {
    setDone(0);
    const places = await onMany(readings, setDone);
    setRefused(places);
    if (places.length === 0) onClose();
  };
  const shown = refused.length > 0 ? refused.flatMap((place) => readings[place] ?? []) : readings;
  return (
    <Sheet label={t.pasteTitle(readings.length)} place="center" onClose={onClose}>
      <div className="grid gap-3 p-5">
        <h2 className="text-base font-semibold">{t.pasteTitle(readings.length)}</h2>
        <p className={refused.length > 0 ? "text-late" : "text-ink-2"}>
          {refused.length > 0 ? t.pasteRefused : t.pasteLead}
          {lines.length > LINES_MAX && ` ${t.pasteTooMany(LINES_MAX, lines.length)}`}
        </p>
        <Preview readings={shown} />
        {done === null ? (
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" onClick={() => void add()}>
              {t.pasteMany(readings.length)}
            </Button>
            <Button onClick={() => onOne(lines.join(" "))}>{t.pasteOne}</Button>
            <Button variant="ghost" onClick={onClose}>
              {t.pasteCancel}
            </Button>
          </div>
        ) : (
          <Progress done={done} all={readings.length} onClose={onClose} />
        )}
      </div>
    </Sheet>
  );
}

function useReadings(lines: readonly string[]): readonly Reading[] {
  const zone = useStore(sessionStore).user?.time_zone;
  return useMemo(
    () =>
      lines.slice(0, LINES_MAX).map((text) => {
        const reading = readLine({ text, literals: [] }, zone);
        // A line of marks alone is meant as it stands.
        return reading.title ? reading : { ...reading, ...PLAIN, title: text };
      }),
    [lines, zone],
  );
}

const PLAIN = { due: null, priority: null, labels: [], tokens: [] } as const;

function Preview({ readings }: { readonly readings: readonly Reading[] }) {
  const { date } = useZonedNow();
  return (
    <ol
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t.understood}
      className="max-h-[40dvh] overflow-y-auto rounded-md border border-line"
    >
      {readings.map(({ title, due, priority, labels }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
          key={index}
          className="flex items-center gap-2.5 border-b border-line px-2.5 py-1.5 text-[13.5px] last:border-b-0"
        >
          <span className="min-w-0 flex-1 truncate">{title}</span>
          {labels.map((label) => (
            <LabelMark key={label} name={label} />
          ))}
          {due && (
            <span className="shrink-0 text-[12.5px] text-ink-2">
              {formatDue(due.due_date, due.due_time, date)}
            </span>
          )}
          {priority && (
            <>
              <PriorityBars priority={priority} />
              <span className="sr-only">{messages.tasks.priority[priority]}</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

interface ProgressProps {
  readonly done: number;
  readonly all: number;
  readonly onClose: () => void;
}

function Progress({ done, all, onClose }: ProgressProps) {
  return (
    <div className="grid gap-2">
      <label className="grid gap-1 text-[12.5px] text-ink-2">
        {t.pasteProgress(done, all)}
        <progress value={done} max={all} className="h-1.5 w-full accent-accent" />
      </label>
      <Button className="justify-self-start" onClick={onClose}>
        {done < all ? t.pasteLater : messages.app.close}
      </Button>
    </div>
  );
}
