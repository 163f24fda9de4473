import { RefreshCw, TriangleAlert } from "lucide-react";
import { useRouteError } from "react-router";
import { NetworkError } from "@/shared/api/errors";
import { messages } from "@/shared/i18n/messages";
import { isMissingChunk } from "@/shared/lib/lazy-with-retry";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { PageHeading } from "@/shared/ui/page-heading";

const t = messages.errors;

/** A page that broke. Inside the layout, so that the navigation goes on working. */
export function RouteError() {
  const error = useRouteError();
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto w-full max-w-[720px] flex-1 p-6 outline-none"
    >
      <title>{messages.app.title(t.crashedTitle)}</title>
      <PageHeading className="sr-only">{t.crashedTitle}</PageHeading>
      <Explanation error={error} />
    </main>
  );
}

function Explanation({ error }: { readonly error: unknown }) {
  const reload = () => location.reload();
  if (error instanceof NetworkError) return <LoadError error={error} retry={reload} />;
  const isOld = isMissingChunk(error);
  return (
    <EmptyState
      icon={isOld ? RefreshCw : TriangleAlert}
      title={isOld ? t.chunkTitle : t.crashedTitle}
      lead={isOld ? t.chunkLead : t.crashedLead}
      isAlert
    >
      <Button variant="primary" onClick={reload}>
        {t.reload}
      </Button>
    </EmptyState>
  );
}
