import { CircleCheckBig, ListFilter } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";

const t = messages.empty;

export function FirstUse({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <EmptyState icon={CircleCheckBig} title={t.firstTitle} lead={t.firstLead}>
      <Button variant="primary" onClick={onAdd}>
        {t.firstAction}
      </Button>
    </EmptyState>
  );
}

export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState icon={ListFilter} title={t.matchTitle} lead={t.matchLead}>
      <Button variant="primary" onClick={onClear}>
        {t.matchAction}
      </Button>
    </EmptyState>
  );
}
