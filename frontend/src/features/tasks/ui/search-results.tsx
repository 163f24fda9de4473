import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { markKeys } from "@/shared/actions/mark-keys";
import { useCommand } from "@/shared/actions/registry";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { Button } from "@/shared/ui/button";
import { selectionStore, setOrder } from "../model/selection";
import { readPanel, writePanel } from "../model/url";
import type { SearchResults as SearchResultsData } from "../model/use-search";
import { withQuery } from "../model/use-search-text";
import { DraftRow } from "./draft-row";
import { focusedTask } from "./focused-task";
import { SearchResult } from "./search-result";
import { SelectionBar } from "./selection-bar";
import { useFocusKeeper } from "./use-focus-keeper";
import { useListCommands } from "./use-list-commands";

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
  const found = results.tasks.slice(0, shown);
  const { ids: selected } = useStore(selectionStore);
  const order = found.map(({ id }) => id);
  useResultTools(order, openId, field);
  const more = () => {
    setShown(shown + SHOWN_AT_ONCE);
    if (results.hasMore) results.loadMore();
  };
  const isMore = results.tasks.length > shown || results.hasMore;
  return (
    <>
      <ul ref={list} aria-label={t.results} data-arrow-keys className="mt-1 mb-3">
        {found.map((task) =>
          task.id < 0 ? (
            <DraftRow key={task.id} task={task} place={undefined} />
          ) : (
            <SearchResult
              key={task.id}
              task={task}
              terms={results.terms}
              href={`?${writePanel(searched, { kind: "task", id: task.id, doing: "view" })}`}
              isOpen={task.id === openId}
              isSelected={selected.has(task.id)}
              isSelecting={selected.size > 0}
              now={now}
            />
          ),
        )}
      </ul>
      {selected.size > 0 && <SelectionBar ids={selected} />}
      {isMore && (
        <Button className="mt-1 mb-4" onClick={more}>
          {t.more}
        </Button>
      )}
    </>
  );
}

/** Keys and focus as in lists, but that the field stands before the first result. */
function useResultTools(
  order: readonly number[],
  openId: number | null,
  field: SearchResultsProps["field"],
): void {
  useLayoutEffect(() => setOrder(order));
  useLayoutEffect(() => () => setOrder([]), []);
  useListCommands(openId);
  useCommand("list.previous", () => field.current?.focus(), {
    isEnabled: () => focusedTask() === order[0],
  });
  useFocusKeeper(() => order);
  useEffect(() => markKeys("list"), []);
}
