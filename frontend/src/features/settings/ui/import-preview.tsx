import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import type { ImportRow, ImportTask } from "../model/import-file";

const t = messages.settings.data;
const SHOWN = 8;

interface ImportPreviewProps {
  readonly rows: readonly ImportRow[];
  readonly onStart: (tasks: readonly ImportTask[]) => void;
}

/** What would be made, and which lines would not, before anything is sent. */
export function ImportPreview({ rows, onStart }: ImportPreviewProps) {
  const good = rows.flatMap(({ task }) => (task ? [task] : []));
  const wrong = rows.filter(({ problem }) => problem !== null);
  return (
    <div className="grid gap-3">
      {wrong.length > 0 && (
        <section aria-label={t.wrongLines(wrong.length)}>
          <p className="font-medium text-late">{t.wrongLines(wrong.length)}</p>
          <ul className="text-[13px] text-ink-2">
            {wrong.slice(0, SHOWN).map(({ line, title, problem }) => (
              <li key={line} className="break-words">
                {t.line(line)} {title && `“${title.slice(0, 60)}”: `}
                {problem}
              </li>
            ))}
            {wrong.length > SHOWN && <li>{t.andMore(wrong.length - SHOWN)}</li>}
          </ul>
        </section>
      )}
      {good.length > 0 && (
        <>
          <p className="font-medium">{t.willImport(good.length)}</p>
          <ul aria-label={t.preview} className="border-t border-line text-[13.5px]">
            {good.slice(0, SHOWN).map((task, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file never move
              <li key={index} className="truncate border-b border-line py-1.5">
                {task.title}
                <span className="text-ink-3">
                  {task.due_date && ` · ${task.due_date}`}
                  {task.labels?.map((label) => ` · ${label}`)}
                </span>
              </li>
            ))}
            {good.length > SHOWN && (
              <li className="py-1.5 text-ink-3">{t.andMore(good.length - SHOWN)}</li>
            )}
          </ul>
          <Button
            variant="primary"
            className="h-9 justify-self-start px-4"
            onClick={() => onStart(good)}
          >
            {t.import(good.length)}
          </Button>
        </>
      )}
    </div>
  );
}
