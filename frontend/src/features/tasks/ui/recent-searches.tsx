import { History } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { forgetSearches, recentSearches } from "../model/recent-searches";

const t = messages.search;

interface RecentSearchesProps {
  readonly onChoose: (query: string) => void;
}

export function RecentSearches({ onChoose }: RecentSearchesProps) {
  const searches = useStore(recentSearches);
  if (searches.length === 0) return null;
  return (
    <section aria-labelledby="recent-searches" className="mt-5">
      <div className="flex items-center justify-between px-2">
        <h2 id="recent-searches" className="text-[12.5px] font-semibold text-ink-2">
          {t.recent}
        </h2>
        <button
          type="button"
          onClick={forgetSearches}
          className="h-8 rounded-sm px-2 text-[12.5px] text-ink-3 hover:text-ink touch:h-11"
        >
          {t.forget}
        </button>
      </div>
      <ul>
        {searches.map((query) => (
          <li key={query}>
            <button
              type="button"
              onClick={() => onChoose(query)}
              className="flex min-h-10 w-full items-center gap-3 rounded-md border-b border-line px-2 text-left hover:bg-sunken/50 touch:min-h-12"
            >
              <History className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
              <span className="truncate">{query}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
