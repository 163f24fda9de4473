import { type KeyboardEvent, type RefObject, useState } from "react";
import { useSearchParams } from "react-router";
import { useCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { useZonedNow } from "@/shared/lib/use-today";
import { Button } from "@/shared/ui/button";
import { readPanel, writePanel } from "../model/url";
import type { SearchResults as SearchResultsData } from "../model/use-search";
import { withQuery } from "../model/use-search-text";
import { SearchResult } from "./search-result";

const t = messages.search;
const SHOWN_AT_ONCE = 100;

interface SearchResultsProps {
  readonly results: SearchResultsData;
  /** What was typed, which the address may not hold yet. */
  readonly text: string;
  /** Where ↑ from the first result goes back to. */
  readonly field: RefObject<HTMLInputElement | null>;
  readonly list: RefObject<HTMLUListElement | null>;
}

export function SearchResults({ results, text, field, list }: SearchResultsProps) {
  const now = useZonedNow();
  const [params] = useSearchParams();
  const searched = withQuery(params, text);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const panel = readPanel(params);
  const openId = panel?.kind === "task" ? panel.id : null;
  const step = (by: number) => moveFocus(list.current, field.current, by);
  useCommand("list.next", () => step(1));
  useCommand("list.previous", () => step(-1));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    step(by);
  };
  const more = () => {
    setShown(shown + SHOWN_AT_ONCE);
    if (results.hasMore) results.loadMore();
  };
  const isMore = results.tasks.length > shown || results.hasMore;
  return (
    <>
      <ul ref={list} aria-label={t.results} onKeyDown={onKeyDown} className="mt-1">
        {results.tasks.slice(0, shown).map((task) => (
          <SearchResult
            key={task.id}
            task={task}
            terms={results.terms}
            href={`?${writePanel(searched, { kind: "task", id: task.id, doing: "view" })}`}
            isOpen={task.id === openId}
            now={now}
          />
        ))}
      </ul>
      {isMore && (
        <Button className="my-4" onClick={more}>
          {t.more}
        </Button>
      )}
    </>
  );
}

/** To the next result, or from the first one back to the field. */
function moveFocus(list: HTMLElement | null, field: HTMLElement | null, by: number): void {
  const links = [...(list?.querySelectorAll<HTMLElement>("[data-task-link]") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at === 0 && by < 0) field?.focus();
  else links[Math.min(at + by, links.length - 1)]?.focus();
}
