import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2, X } from "lucide-react";
import type { MouseEvent } from "react";
import { Link } from "react-router";
import { cursorOf } from "@/shared/api/pages";
import { queryKeys } from "@/shared/api/query-keys";
import type { Page, TrashedTask } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo } from "@/shared/lib/format-date";
import { Button } from "@/shared/ui/button";
import { ConfirmButton } from "@/shared/ui/confirm-button";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { PriorityBars } from "@/shared/ui/priority-bars";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { emptyTrash, listTrash, purgeTask } from "../api";
import { readCache } from "../model/cache";
import { restoreFromTrash } from "../model/commands";
import { daysLeft } from "../model/trash";

const t = messages.trash;

export function TrashList() {
  const query = useInfiniteQuery({
    queryKey: queryKeys.tasks.trash,
    queryFn: ({ pageParam }) => listTrash(pageParam).then(withoutRestored),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => cursorOf(page.next),
    // Deleting from another page happens all the time; the trash must never look older than that.
    staleTime: 0,
  });
  const tasks = query.data?.pages.flatMap((page) => page.results);
  if (!tasks) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  if (tasks.length === 0) return <EmptyTrash />;
  return (
    <>
      <TrashHead count={tasks.length} hasMore={query.hasNextPage} />
      <ul aria-label={t.listLabel} className="mt-2">
        {tasks.map((task) => (
          <TrashRow key={task.id} task={task} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="mt-3" onClick={() => void query.fetchNextPage()}>
          {messages.tasks.loadMore}
        </Button>
      )}
    </>
  );
}

interface TrashHeadProps {
  readonly count: number;
  readonly hasMore: boolean;
}

function TrashHead({ count, hasMore }: TrashHeadProps) {
  const client = useQueryClient();
  const empty = () =>
    emptyTrash().then(() => client.invalidateQueries({ queryKey: queryKeys.tasks.trash }));
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="text-[13px] text-ink-3">{t.purging}</p>
      <ConfirmButton
        variant="danger"
        question={{
          title: t.emptyTitle,
          lead: t.emptyLead(count, hasMore),
          action: t.empty,
          run: empty,
          doneText: t.emptied,
        }}
      >
        {t.empty}
      </ConfirmButton>
    </div>
  );
}

function EmptyTrash() {
  const e = messages.empty;
  return (
    <EmptyState icon={Trash2} title={e.trashTitle} lead={e.trashLead}>
      <Link to="/tasks" className="font-semibold text-accent underline underline-offset-3">
        {e.trashAction}
      </Link>
    </EmptyState>
  );
}

function TrashRow({ task }: { readonly task: TrashedTask }) {
  const client = useQueryClient();
  const restore = ({ currentTarget }: MouseEvent) => {
    focusBeside(currentTarget);
    client.setQueryData(queryKeys.tasks.trash, withoutTask(task.id));
    restoreFromTrash(task);
  };
  const purge = () =>
    purgeTask(task.id).then(() => client.setQueryData(queryKeys.tasks.trash, withoutTask(task.id)));
  return (
    <li className="row-lazy flex min-h-11 touch:min-h-13 items-center gap-3 border-b border-line px-2 py-1">
      <span className="flex min-w-0 flex-1 items-center justify-between gap-x-3 phone:block">
        <span className="block truncate font-medium phone:line-clamp-2 phone:whitespace-normal phone:wrap-anywhere">
          {task.title}
        </span>
        <span className="block text-[12.5px] whitespace-nowrap text-ink-3">
          {task.deleted_at && <TrashDates deletedAt={task.deleted_at} />}
        </span>
      </span>
      <span className="phone:hidden">
        <PriorityBars priority={task.priority} />
      </span>
      <Button aria-label={t.restoreOf(task.title)} onClick={restore}>
        {t.restore}
      </Button>
      <ConfirmButton
        variant="ghost"
        aria-label={t.purgeOf(task.title)}
        title={t.purgeOf(task.title)}
        className="w-8 px-0! touch:w-11"
        question={{
          title: t.purgeTitle,
          lead: t.purgeLead(task.title),
          action: t.purge,
          run: purge,
          doneText: t.purged(task.title),
        }}
      >
        <X className="size-4" aria-hidden="true" />
      </ConfirmButton>
    </li>
  );
}

/** The button takes its row away with it, and the focus would go along into nothing. */
function focusBeside(button: Element): void {
  const row = button.closest("li");
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  const next = neighbour?.querySelector("button") ?? document.querySelector("#content h1");
  (next as HTMLElement | null)?.focus();
}

function TrashDates({ deletedAt }: { readonly deletedAt: string }) {
  return (
    <>
      <span className="phone:hidden">{t.deletedAt(formatAgo(deletedAt))} · </span>
      {t.goneIn(daysLeft(deletedAt, Date.now()))}
    </>
  );
}

/** Those that are back or on their way are gone from here, whatever an answer from before that says. */
function withoutRestored(page: Page<TrashedTask>): Page<TrashedTask> {
  const { edits, server } = readCache();
  const isOnItsWay = (id: number) => edits.some((edit) => edit.isRestore && edit.taskId === id);
  const isBack = ({ id, version }: TrashedTask) => (server.items.get(id)?.version ?? 0) > version;
  const results = page.results.filter((task) => !isOnItsWay(task.id) && !isBack(task));
  return { ...page, results };
}

interface TrashData {
  readonly pages: readonly { readonly results: readonly TrashedTask[] }[];
}

function withoutTask(id: number) {
  return <T extends TrashData>(data: T | undefined): T | undefined =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        results: page.results.filter((task) => task.id !== id),
      })),
    };
}
