import { patch, post } from "@/shared/api/client";
import { getPage } from "@/shared/api/pages";
import type { Page, Person, Role } from "@/shared/api/types";

const PAGE_SIZE = 30;

export interface PeopleFilter {
  readonly search: string;
  readonly role: Role | null;
}

export function listPeople(filter: PeopleFilter, cursor: string | null): Promise<Page<Person>> {
  const { search, role } = filter;
  const params = { limit: PAGE_SIZE, ...(search && { search }), ...(role && { role }) };
  return getPage<Person>("/api/users/", params, cursor);
}

export function changePerson(
  id: number,
  changes: Partial<Pick<Person, "role" | "is_active">>,
): Promise<Person> {
  return patch<Person>(`/api/users/${id}/`, changes);
}

export function signOutPerson(id: number): Promise<void> {
  return post(`/api/users/${id}/logout/`, {});
}
