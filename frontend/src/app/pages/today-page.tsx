import { messages } from "@/shared/i18n/messages";
import { formatLongDate } from "@/shared/lib/format-date";
import { useZonedNow } from "@/shared/lib/use-today";
import { TaskPage } from "./task-page";

export function TodayPage() {
  const { date } = useZonedNow();
  return (
    <TaskPage
      view="today"
      title={messages.nav.today}
      lead={formatLongDate(date)}
      defaultDue={date}
    />
  );
}
