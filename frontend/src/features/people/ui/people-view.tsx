import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { UserSearch } from "lucide-react";
import { cursorOf } from "@/shared/api/pages";
import { queryKeys } from "@/shared/api/query-keys";
import type { User } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { listPeople } from "../api";
import { usePeopleFilter } from "../model/use-people-filter";
import { PeopleFilterBar } from "./people-filter-bar";
import { PersonRow } from "./person-row";

const t = messages.people;

interface PeopleViewProps {
  readonly me: User;
}

export function PeopleView({ me }: PeopleViewProps) {
  const [filter, setFilter] = usePeopleFilter();
  const query = useInfiniteQuery({
    queryKey: [...queryKeys.people, filter],
    queryFn: ({ pageParam }) => listPeople(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const people = query.data?.pages.flatMap((page) => page.results);
  return (
    <>
      <PeopleFilterBar filter={filter} onChange={setFilter} />
      {!people && !query.error && <SkeletonRows />}
      {!people && query.error && (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      )}
      {people?.length === 0 && (
        <EmptyState icon={UserSearch} title={t.noMatchTitle} lead={t.noMatchLead}>
          <Button variant="primary" onClick={() => setFilter({ search: "", role: null })}>
            {t.clear}
          </Button>
        </EmptyState>
      )}
      {people && people.length > 0 && (
        <ul aria-label={t.title} className="mt-4 border-t border-line">
          {people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isMe={person.id === me.id}
              canChange={me.role === "admin" && person.id !== me.id}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button className="mt-3" onClick={() => void query.fetchNextPage()}>
          {messages.tasks.loadMore}
        </Button>
      )}
    </>
  );
}
