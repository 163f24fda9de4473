import { Plus } from "lucide-react";
import type { Task } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatLongDate } from "@/shared/lib/format-date";
import type { PlainDate, ZonedNow } from "@/shared/lib/plain-date";
import { Button } from "@/shared/ui/button";
import { usePanel } from "../model/use-panel";
import { DayRow } from "./day-row";
import { DraftRow } from "./draft-row";
import type { TaskLinks } from "./use-task-links";

const t = messages.views;

interface DayListProps {
  readonly date: PlainDate;
  readonly tasks: readonly Task[];
  readonly links: TaskLinks;
  readonly now: ZonedNow;
  readonly move: (task: Task, date: PlainDate) => void;
  /** Where it lies over something: on the way to a task. */
  readonly onLeave?: () => void;
}

/** All of one day, and the way to add to it. */
export function DayList({ date, tasks, links, now, move, onLeave }: DayListProps) {
  const { open } = usePanel();
  const name = formatLongDate(date);
  const add = () => {
    onLeave?.();
    open({ kind: "new", due: date });
  };
  return (
    <section aria-label={name} className="grid gap-1 phone:mt-4">
      <h3 className="px-2 text-[13px] font-semibold text-ink-2">{name}</h3>
      {tasks.length === 0 && <p className="px-2 py-3 text-ink-3">{t.nothingOn}</p>}
      <ul aria-label={messages.tasks.listLabel(name)}>
        {tasks.map((task) =>
          task.id < 0 ? (
            <DraftRow key={task.id} task={task} place={undefined} />
          ) : (
            <DayRow
              key={task.id}
              task={task}
              href={links.hrefOf(task.id)}
              isOpen={task.id === links.openId}
              now={now}
              move={move}
              {...(onLeave && { onOpen: onLeave })}
            />
          ),
        )}
      </ul>
      <Button variant="ghost" className="justify-self-start" onClick={add}>
        <Plus className="size-4" aria-hidden="true" />
        {t.addOn(name)}
      </Button>
    </section>
  );
}
