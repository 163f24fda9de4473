import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { StatusRing } from "@/shared/ui/status-ring";
import { retryCreate } from "../model/commands";
import { discardDraft, UncertainError } from "../model/create";
import { useTaskCache } from "../model/use-tasks";
import { placeProps, type RowPlace } from "./task-row";

const t = messages.tasks;

interface DraftRowProps {
  readonly task: Task;
  readonly place: RowPlace | undefined;
}

/** A task on its way to the server, or one that did not get there and can be sent again. */
export function DraftRow({ task, place }: DraftRowProps) {
  const draft = useTaskCache().drafts.find((one) => one.id === task.id);
  const hasFailed = Boolean(draft?.error);
  return (
    <li
      aria-busy={!hasFailed}
      {...placeProps(place)}
      className="flex min-h-10 touch:min-h-12 items-center gap-4 border-b border-line px-2 phone:min-h-12"
    >
      <StatusRing status="pending" className="size-[18px] shrink-0 opacity-50" />
      <span className="min-w-0 flex-1 truncate font-medium text-ink-2">{task.title}</span>
      {hasFailed ? (
        <FailedActions id={task.id} isUncertain={draft?.error instanceof UncertainError} />
      ) : (
        <span className="sr-only">{t.saving}</span>
      )}
    </li>
  );
}

interface FailedActionsProps {
  readonly id: number;
  readonly isUncertain: boolean;
}

function FailedActions({ id, isUncertain }: FailedActionsProps) {
  return (
    <>
      <span role="alert" className="text-[12.5px] text-late">
        {isUncertain ? t.maybeSaved : t.notSaved}
      </span>
      <Button onClick={() => retryCreate(id)}>{t.retry}</Button>
      <Button variant="ghost" onClick={() => discardDraft(id)}>
        {t.discard}
      </Button>
    </>
  );
}
