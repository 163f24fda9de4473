import { TrashList } from "@/features/tasks/ui/trash-list";
import { messages } from "@/shared/i18n/messages";
import { PageFrame } from "./page-frame";

export function TrashPage() {
  return (
    <PageFrame title={messages.trash.title} lead={messages.trash.lead}>
      <TrashList />
    </PageFrame>
  );
}
