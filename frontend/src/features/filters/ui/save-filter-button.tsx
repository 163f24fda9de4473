import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import type { SavedFilter } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { uuid } from "@/shared/lib/uuid";
import { savedFiltersQuery, saveFilter } from "../model/saved-filters";

const FilterNameDialog = lazyWithRetry(() =>
  import("./filter-name-dialog").then((module) => module.FilterNameDialog),
);

const t = messages.filters;

interface SaveFilterButtonProps {
  readonly view: Pick<SavedFilter, "query" | "grouping">;
  readonly className: string;
}

/** Not shown for what has been saved. */
export function SaveFilterButton({ view, className }: SaveFilterButtonProps) {
  const [key, setKey] = useState<string | null>(null);
  const saved = useQuery(savedFiltersQuery).data;
  const isSaved = saved?.some(
    ({ query, grouping }) => query === view.query && grouping === view.grouping,
  );
  if (isSaved && !key) return null;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setKey(uuid())}
        className={className}
      >
        {t.save}
      </button>
      {key && (
        <Suspense fallback={null}>
          <FilterNameDialog
            title={t.saveTitle}
            lead={t.saveLead}
            initial=""
            action={t.save}
            onSubmit={(name) => saveFilter({ ...view, name }, key)}
            onClose={() => setKey(null)}
          />
        </Suspense>
      )}
    </>
  );
}
