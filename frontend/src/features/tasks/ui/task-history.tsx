import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { cursorOf } from "@/shared/api/pages";
import { queryKeys } from "@/shared/api/query-keys";
import type { HistoryEntry, Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDay, formatInstant } from "@/shared/lib/format-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { sessionStore } from "@/shared/session/session";
import { Button, IconButton } from "@/shared/ui/button";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { listHistory } from "../api";
import { changeTask } from "../model/commands";
import {
  changesBack,
  type FieldChange,
  fieldChanges,
  isNothing,
  restoreVersion,
} from "../model/history";

const t = messages.history;

/** Who changed what from what to what, the newest first. */
export function TaskHistory({ task }: { readonly task: Task }) {
  const query = useInfiniteQuery({
    // Another version is another history; the last one stays until it is there.
    queryKey: queryKeys.tasks.history(task.id, task.version),
    queryFn: ({ pageParam }) => listHistory(task.id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
  });
  const entries = query.data?.pages.flatMap((page) => page.results);
  if (query.error && !query.isPlaceholderData && !query.isFetching && !entries?.length)
    return <Failed retry={() => void query.refetch()} />;
  if (!entries) return <SkeletonRows />;
  if (entries.length === 0) return <p className="py-2 text-[13px] text-ink-3">{t.empty}</p>;
  return (
    <>
      <ol aria-label={t.title} className="mt-2 border-l border-line pl-4">
        {entries.map((entry) => (
          <Entry key={entry.revision} entry={entry} task={task} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          className="mt-2"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {messages.tasks.loadMore}
        </Button>
      )}
    </>
  );
}

function Failed({ retry }: { readonly retry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-2 py-2 text-[13px]">
      <p className="text-ink-2">{t.failed}</p>
      <Button onClick={retry}>{messages.errors.retry}</Button>
    </div>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly task: Task;
}

function Entry({ entry, task }: EntryProps) {
  const zone = useStore(sessionStore).user?.time_zone;
  const isNow = entry.version >= task.version;
  return (
    <li className="relative py-2 text-[13px]">
      <span
        aria-hidden="true"
        className="absolute top-4 -left-[20px] size-[7px] rounded-full border border-line-strong bg-surface"
      />
      <div className="flex min-h-6 flex-wrap items-center gap-x-2">
        <span className="font-medium">{useSentence(entry)}</span>
        <time dateTime={entry.occurred_at} className="text-[12.5px] text-ink-3">
          {formatInstant(entry.occurred_at, zone)}
        </time>
        {!isNow && (
          <button
            type="button"
            aria-label={t.restoreLabel(entry.version)}
            onClick={() => restoreVersion(task, entry.version)}
            className="ml-auto min-h-6 touch:min-h-11 rounded-sm px-1 text-[12.5px] font-medium text-accent hover:underline"
          >
            {t.restore}
          </button>
        )}
      </div>
      <ul>
        {fieldChanges(entry).map((change) => (
          <Change
            key={change.field}
            change={change}
            task={task}
            isFirst={entry.verb === "created"}
          />
        ))}
      </ul>
    </li>
  );
}

/** "You changed this". */
function useSentence({ actor, verb, reverted_to }: HistoryEntry): string {
  const { user } = useStore(sessionStore);
  const who = actor?.id === user?.id ? t.you : (actor?.username ?? t.nobody);
  if (verb === "reverted" && reverted_to !== null) return t.wentBack(who, reverted_to);
  return (t.verbs[verb] ?? t.verbs.updated)(who);
}

interface ChangeProps {
  readonly change: FieldChange;
  readonly task: Task;
  readonly isFirst: boolean;
}

function Change({ change, task, isFirst }: ChangeProps) {
  const name = t.fields[change.field];
  const before = useWords(change, change.before);
  const after = useWords(change, change.after);
  const back = isFirst ? null : changesBack(change, task);
  return (
    <li className="flex min-h-7 items-center gap-2 text-ink-2">
      <span className="min-w-0 flex-1 py-0.5">
        <span className="text-ink-3">{name} </span>
        {!isFirst && (
          <>
            <del className="line-clamp-2 inline break-words">{before}</del>
            <span aria-hidden="true"> → </span>
            <span className="sr-only">{t.to}</span>
          </>
        )}
        <ins className="break-words no-underline">{after}</ins>
      </span>
      {back && (
        <IconButton
          label={t.setBack(name, before)}
          onClick={() => changeTask(task, back)}
          className="size-7!  touch:size-11!"
        >
          <Undo2 className="size-3.5" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

const LONG = 160;

function useWords({ field }: FieldChange, value: unknown): string {
  const { date } = useZonedNow();
  if (isNothing(value)) return t.nothing;
  if (Array.isArray(value)) return value.join(", ");
  const text = String(value);
  if (field === "status") return messages.tasks.status[value as Task["status"]] ?? text;
  if (field === "priority") return messages.tasks.priority[value as Task["priority"]] ?? text;
  if (field === "due_date") return formatDay(text, date);
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
