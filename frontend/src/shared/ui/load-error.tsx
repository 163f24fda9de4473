import { CloudOff } from "lucide-react";
import { ApiError, NetworkError } from "@/shared/api/errors";
import { messages } from "@/shared/i18n/messages";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

interface LoadErrorProps {
  readonly error: unknown;
  readonly retry: () => void;
}

export function LoadError({ error, retry }: LoadErrorProps) {
  const t = messages.errors;
  const lead = error instanceof NetworkError ? t.network : t.loadLead;
  const reference = error instanceof ApiError ? error.problem.request_id : undefined;
  return (
    <EmptyState icon={CloudOff} title={t.loadTitle} lead={lead} isAlert>
      <Button variant="primary" onClick={retry}>
        {t.retry}
      </Button>
      {reference && <p className="mt-3 text-xs text-ink-3">{t.reference(reference)}</p>}
    </EmptyState>
  );
}
