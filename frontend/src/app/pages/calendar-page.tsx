import { Eye, EyeOff } from "lucide-react";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { DEFAULT_ARRANGEMENT } from "@/features/tasks/model/groups";
import { useListControls } from "@/features/tasks/model/use-filter";
import { useTaskList } from "@/features/tasks/model/use-tasks";
import { CalendarView } from "@/features/tasks/ui/calendar-view";
import { messages } from "@/shared/i18n/messages";
import { IconButton } from "@/shared/ui/button";
import { ViewPage } from "./view-page";

const t = messages.views;

export function CalendarPage() {
  const { filter } = useListControls();
  const list = useTaskList("all", filter, DEFAULT_ARRANGEMENT);
  const [isDoneHidden, toggleDone] = useDoneHidden();
  const tasks = useMemo(() => {
    const all = list.groups.flatMap((group) => group.tasks);
    return isDoneHidden ? all.filter(({ status }) => status !== "completed") : all;
  }, [list.groups, isDoneHidden]);
  const Icon = isDoneHidden ? Eye : EyeOff;
  return (
    <ViewPage
      title={t.calendarTitle}
      lead={messages.tasks.summary(tasks.filter(({ status }) => status !== "completed").length)}
      list={list}
      width="screen"
      isNeverEmpty
      actions={
        <IconButton label={isDoneHidden ? t.showDone : t.hideDone} onClick={toggleDone}>
          <Icon className="size-4 phone:size-5" aria-hidden="true" />
        </IconButton>
      }
    >
      <CalendarView tasks={tasks} />
    </ViewPage>
  );
}

/** Completed tasks are shown struck through, until somebody has seen enough of them. */
function useDoneHidden(): readonly [boolean, () => void] {
  const [params, setParams] = useSearchParams();
  const isHidden = params.get("done") === "hide";
  const toggle = () =>
    setParams(
      (last) => {
        const next = new URLSearchParams(last);
        if (isHidden) next.delete("done");
        else next.set("done", "hide");
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return [isHidden, toggle];
}
