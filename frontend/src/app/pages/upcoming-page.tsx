import { useMemo } from "react";
import { DEFAULT_ARRANGEMENT } from "@/features/tasks/model/groups";
import { upcomingOf } from "@/features/tasks/model/upcoming";
import { useListControls } from "@/features/tasks/model/use-filter";
import { useTaskList } from "@/features/tasks/model/use-tasks";
import { UpcomingView } from "@/features/tasks/ui/upcoming-view";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { ViewPage } from "./view-page";

export function UpcomingPage() {
  const { filter } = useListControls();
  const list = useTaskList("all", filter, DEFAULT_ARRANGEMENT);
  const { date } = useZonedNow();
  const upcoming = useMemo(
    () =>
      upcomingOf(
        list.groups.flatMap((group) => group.tasks),
        date,
      ),
    [list.groups, date],
  );
  return (
    <ViewPage
      title={messages.views.upcomingTitle}
      lead={messages.views.upcomingLead(upcoming.open)}
      list={list}
      width="text"
      isNeverEmpty
    >
      <UpcomingView upcoming={upcoming} />
    </ViewPage>
  );
}
