import { useTaskCounts } from "@/features/tasks/model/use-tasks";
import { messages } from "@/shared/i18n/messages";
import { TaskPage } from "./task-page";

export function AllTasksPage() {
  const { open } = useTaskCounts();
  return (
    <TaskPage
      view="all"
      title={messages.nav.all}
      lead={messages.tasks.summary(open)}
      defaultDue={null}
    />
  );
}
