import { ProgressView } from "@/features/progress/ui/progress-view";
import { messages } from "@/shared/i18n/messages";
import { PageFrame } from "./page-frame";

export function ProgressPage() {
  return (
    <PageFrame title={messages.progress.title} lead={messages.progress.lead}>
      <ProgressView />
    </PageFrame>
  );
}
