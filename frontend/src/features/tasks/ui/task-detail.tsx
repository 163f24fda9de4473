import { useQuery } from "@tanstack/react-query";
import { Trash2, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatInstant } from "@/shared/lib/format-date";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { sessionStore } from "@/shared/session/session";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { DueButton } from "@/shared/ui/due-button";
import { MenuButton } from "@/shared/ui/menu-button";
import { PriorityButton } from "@/shared/ui/priority-button";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { StatusRing } from "@/shared/ui/status-ring";
import { changeTask, moveToTrash, setStatus } from "../model/commands";
import { isLate } from "../model/groups";
import { taskQuery } from "../model/load";
import { useKnownLabels, useTask } from "../model/use-tasks";
import { CopyLinkButton, LinkField } from "./copy-link";
import { DescriptionField } from "./description-field";
import { HistorySection } from "./history-section";
import { LabelEditor } from "./label-editor";
import { statusChoices } from "./task-menu";
import { TitleField } from "./text-fields";

const t = messages.detail;

interface TaskDetailProps {
  readonly id: number;
  readonly doing: "view" | "edit" | "delete";
  readonly onClose: () => void;
}

export function TaskDetail({ id, doing, onClose }: TaskDetailProps) {
  const { task, absence } = useTask(id);
  const query = useQuery({ ...taskQuery(id), enabled: !task && absence === "unknown" });
  if (task) return <Detail task={task} doing={doing} onClose={onClose} />;
  if (absence === "leaving") return null;
  return (
    <div className="p-6">
      <div className="flex justify-end">
        <CloseButton onClose={onClose} />
      </div>
      {absence === "gone" && <Gone />}
      {absence === "unknown" && !query.error && <SkeletonRows />}
      {absence === "unknown" && query.error && <LoadFailed retry={() => void query.refetch()} />}
    </div>
  );
}

function Gone() {
  return (
    <div role="alert" className="grid justify-items-start gap-3">
      <h2 className="text-lg font-semibold">{t.gone}</h2>
      <p className="text-ink-2">{t.goneLead}</p>
      <Link to="/trash" className="font-medium text-accent underline underline-offset-3">
        {t.toTrash}
      </Link>
    </div>
  );
}

function LoadFailed({ retry }: { readonly retry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-3">
      <h2 className="text-lg font-semibold">{t.failed}</h2>
      <p className="text-ink-2">{messages.errors.loadLead}</p>
      <Button onClick={retry}>{messages.errors.retry}</Button>
    </div>
  );
}

interface DetailProps {
  readonly task: Task;
  readonly doing: TaskDetailProps["doing"];
  readonly onClose: () => void;
}

function Detail({ task, doing, onClose }: DetailProps) {
  const [isLinkShown, setLinkShown] = useState(false);
  const trash = () => {
    moveToTrash(task);
    onClose();
  };
  return (
    <article className="px-6 pt-4 pb-8 phone:px-4">
      <h2 className="sr-only">{task.title}</h2>
      <Toolbar
        task={task}
        onTrash={trash}
        onLinkRefused={() => setLinkShown(true)}
        onClose={onClose}
      />
      {isLinkShown && <LinkField id={task.id} />}
      {doing === "delete" && <ConfirmTrash onConfirm={trash} onKeep={onClose} />}
      <TitleField task={task} isFocused={doing === "edit"} />
      <Properties task={task} />
      <DescriptionField task={task} />
      <Stamps task={task} />
      <HistorySection task={task} />
    </article>
  );
}

interface ToolbarProps {
  readonly task: Task;
  readonly onTrash: () => void;
  readonly onLinkRefused: () => void;
  readonly onClose: () => void;
}

const STATUS_INK = {
  pending: "text-ink-2",
  in_progress: "text-blue",
  completed: "text-accent",
} as const;

function Toolbar({ task, onTrash, onLinkRefused, onClose }: ToolbarProps) {
  const status = messages.tasks.status[task.status];
  return (
    <div className="flex items-center gap-0.5">
      <MenuButton
        label={messages.tasks.statusOf(status)}
        align="start"
        sections={[statusChoices(task.status, (next) => setStatus(task, next))]}
        className={cx(
          "-ml-2 inline-flex h-8 touch:h-11 items-center gap-2 rounded-md px-2 text-[13px] font-medium hover:bg-sunken",
          STATUS_INK[task.status],
        )}
      >
        <StatusRing status={task.status} />
        {status}
      </MenuButton>
      <span className="flex-1" />
      <CopyLinkButton id={task.id} onRefused={onLinkRefused} />
      <IconButton label={messages.tasks.moveToTrash} onClick={onTrash}>
        <Trash2 className="size-4" aria-hidden="true" />
      </IconButton>
      <CloseButton onClose={onClose} />
    </div>
  );
}

export function CloseButton({ onClose }: { readonly onClose: () => void }) {
  return (
    <IconButton label={t.close} onClick={onClose} className="-mr-2">
      <X className="size-4" aria-hidden="true" />
    </IconButton>
  );
}

interface ConfirmTrashProps {
  readonly onConfirm: () => void;
  readonly onKeep: () => void;
}

/** Only for those who come by a delete link; a press on the bin has its undo instead. */
function ConfirmTrash({ onConfirm, onKeep }: ConfirmTrashProps) {
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), []);
  return (
    <div role="alert" className="mt-3 grid gap-3 rounded-lg border border-line bg-sunken p-3">
      <p>{t.confirmDelete}</p>
      <div className="flex gap-2">
        <Button ref={confirm} variant="danger" onClick={onConfirm}>
          {messages.tasks.moveToTrash}
        </Button>
        <Button variant="ghost" onClick={onKeep}>
          {t.keep}
        </Button>
      </div>
    </div>
  );
}

const VALUE =
  "-ml-2 min-h-8 touch:min-h-11 rounded-md px-2 text-left text-[13.5px] hover:bg-sunken inline-flex items-center gap-2 max-w-full";

function Properties({ task }: { readonly task: Task }) {
  const now = useZonedNow();
  const labels = useKnownLabels();
  return (
    <dl className="mt-2 border-b border-line pb-4">
      <Property name={t.due}>
        <DueButton
          label={messages.due.set}
          value={task}
          today={now.date}
          emptyText={messages.due.none}
          onChange={(due) => changeTask(task, due)}
          className={cx(VALUE, isLate(task, now) && "text-late", !task.due_date && "text-ink-3")}
        />
      </Property>
      <Property name={t.priority}>
        <PriorityButton
          value={task.priority}
          onChange={(priority) => changeTask(task, { priority })}
          className={VALUE}
          hasText
        />
      </Property>
      <Property name={t.labels}>
        <LabelEditor
          labels={task.labels}
          known={labels}
          isLinked
          onChange={(next) => changeTask(task, { labels: next })}
        />
      </Property>
    </dl>
  );
}

interface PropertyProps {
  readonly name: string;
  readonly children: ReactNode;
}

export function Property({ name, children }: PropertyProps) {
  return (
    <div className="grid grid-cols-[84px_minmax(0,1fr)] items-start">
      <dt className="pt-1.5 touch:pt-3 text-[13px] text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Stamps({ task }: { readonly task: Task }) {
  const zone = useStore(sessionStore).user?.time_zone;
  const rows: readonly (readonly [string, string | null])[] = [
    [t.created, task.created_at],
    [t.updated, task.updated_at],
    [t.completedAt, task.completed_at],
  ];
  return (
    <dl className="mt-4 grid gap-1 border-t border-line pt-4 text-[12.5px] text-ink-3">
      {rows.map(([name, instant]) =>
        instant ? (
          <div key={name} className="flex justify-between">
            <dt>{name}</dt>
            <dd>
              <time dateTime={instant}>{formatInstant(instant, zone)}</time>
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
