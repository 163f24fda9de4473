import { Search, SearchX } from "lucide-react";
import {
  type ReactNode,
  type RefObject,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { Link } from "react-router";
import { isFiltered, NO_FILTER } from "@/features/tasks/model/filter";
import { recentSearches, rememberSearch } from "@/features/tasks/model/recent-searches";
import { useListControls } from "@/features/tasks/model/use-filter";
import { usePanel } from "@/features/tasks/model/use-panel";
import {
  type SearchResults as SearchResultsData,
  useSearch,
} from "@/features/tasks/model/use-search";
import { useSearchText } from "@/features/tasks/model/use-search-text";
import { FilterButton, FilterChips } from "@/features/tasks/ui/filter-bar";
import { RecentSearches } from "@/features/tasks/ui/recent-searches";
import { SearchField } from "@/features/tasks/ui/search-field";
import { SearchResults } from "@/features/tasks/ui/search-results";
import { useCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { useStore } from "@/shared/lib/store";
import { useDelayed } from "@/shared/lib/use-delayed";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { LazyTaskPanel } from "./lazy-task-panel";
import { PageFrame } from "./page-frame";

const t = messages.search;

export function SearchPage() {
  const { text, asked, type, commit, settle } = useSearchText();
  const { filter: others, setFilter } = useListControls();
  const filter = useMemo(() => ({ ...others, search: asked }), [others, asked]);
  const results = useSearch(useDeferredValue(text), filter);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useFocusOnArrival(field);
  useCommand("go.search", () => field.current?.select());
  useAnnouncedResults(results, asked);
  const { panel } = usePanel();
  const isOpen = panel?.kind === "task";
  // Opening a result says that this search was meant.
  useEffect(() => {
    if (isOpen) rememberSearch(asked);
  }, [isOpen, asked]);
  const setOthers = (next: typeof others) => setFilter({ ...next, search: "" });
  const clear = () => {
    commit("");
    field.current?.focus();
  };
  return (
    <>
      <PageFrame
        title={t.title}
        lead={leadOf(results, text)}
        actions={<FilterButton filter={others} onChange={setOthers} isWithoutWords />}
      >
        <SearchField
          field={field}
          text={text}
          onType={type}
          onCommit={() => {
            commit();
            rememberSearch(text);
          }}
          onBlur={settle}
          onLeave={() => list.current?.querySelector<HTMLElement>("[data-task-link]")?.focus()}
        />
        <FilterChips filter={others} onChange={setOthers} />
        <SearchBody
          results={results}
          text={text}
          onChoose={(query) => {
            commit(query);
            field.current?.focus();
          }}
          onClear={isFiltered(others) ? () => setFilter(NO_FILTER) : clear}
          clearText={isFiltered(others) ? messages.filter.clear : t.clear}
        >
          <SearchResults results={results} text={text} field={field} list={list} />
        </SearchBody>
      </PageFrame>
      <LazyTaskPanel defaultDue={null} />
    </>
  );
}

function leadOf({ tasks, terms, hasMore }: SearchResultsData, text: string): string {
  if (terms.length === 0 || text.trim() === "") return t.lead;
  return t.found(tasks.length, hasMore);
}

interface SearchBodyProps {
  readonly results: SearchResultsData;
  readonly text: string;
  readonly onChoose: (query: string) => void;
  readonly onClear: () => void;
  readonly clearText: string;
  readonly children: ReactNode;
}

/** Nothing asked, found, not found and failed are four different screens. */
function SearchBody({ results, text, onChoose, onClear, clearText, children }: SearchBodyProps) {
  const isSlow = useDelayed(results.isSearching);
  const isEmpty = results.tasks.length === 0;
  if (results.terms.length === 0) return <Start onChoose={onChoose} />;
  if (isEmpty && results.error) return <LoadError error={results.error} retry={results.retry} />;
  if (isEmpty && results.isSearching) return isSlow ? <Note text={t.searching} /> : null;
  return (
    <>
      {results.isOffline && <Note text={t.offline} />}
      {!isEmpty && results.error && <Note text={t.incomplete} onRetry={results.retry} />}
      {isEmpty ? (
        <EmptyState icon={SearchX} title={t.nothing(text.trim())} lead={t.nothingLead}>
          <Button variant="primary" onClick={onClear}>
            {clearText}
          </Button>
        </EmptyState>
      ) : (
        children
      )}
    </>
  );
}

function Start({ onChoose }: { readonly onChoose: (query: string) => void }) {
  const hasRecent = useStore(recentSearches).length > 0;
  if (hasRecent) return <RecentSearches onChoose={onChoose} />;
  return (
    <EmptyState icon={Search} title={t.startTitle} lead={t.startLead}>
      <Link to="/tasks" className="font-semibold text-accent underline underline-offset-3">
        {t.startAction}
      </Link>
    </EmptyState>
  );
}

interface NoteProps {
  readonly text: string;
  readonly onRetry?: () => void;
}

function Note({ text, onRetry }: NoteProps) {
  return (
    <p role="status" className="mt-3 flex items-center gap-2 px-2 text-[13px] text-ink-3">
      {text}
      {onRetry && (
        <button
          type="button"
          onClick={onRetry}
          className="h-8 px-1 font-semibold text-accent underline underline-offset-3 touch:h-11"
        >
          {messages.errors.retry}
        </button>
      )}
    </p>
  );
}

/** Somebody who comes here wants to type, unless they come back to what they found. */
function useFocusOnArrival(field: RefObject<HTMLInputElement | null>): void {
  const { panel } = usePanel();
  const isBusy = useRef(panel !== null);
  useEffect(() => {
    if (!isBusy.current && field.current?.value === "") field.current.focus();
  }, [field]);
}

/** Said once the answer is complete, not at every letter. */
function useAnnouncedResults({ tasks, isSearching }: SearchResultsData, asked: string): void {
  const count = tasks.length;
  const said = useRef("");
  useEffect(() => {
    if (asked === "") said.current = "";
    if (asked === "" || isSearching || said.current === asked) return;
    said.current = asked;
    announce(t.found(count, false));
  }, [asked, isSearching, count]);
}
