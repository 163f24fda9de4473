import { DEFAULT_ARRANGEMENT } from "@/features/tasks/model/groups";
import { useListControls } from "@/features/tasks/model/use-filter";
import { useTaskList } from "@/features/tasks/model/use-tasks";
import { BoardView } from "@/features/tasks/ui/board-view";
import { messages } from "@/shared/i18n/messages";
import { ViewPage } from "./view-page";

export function BoardPage() {
  const { filter } = useListControls();
  const list = useTaskList("all", filter, DEFAULT_ARRANGEMENT);
  return (
    <ViewPage
      title={messages.views.boardTitle}
      lead={messages.views.boardLead}
      list={list}
      width="screen"
    >
      <BoardView list={list} />
    </ViewPage>
  );
}
