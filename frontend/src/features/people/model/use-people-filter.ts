import { useSearchParams } from "react-router";
import type { Role } from "@/shared/api/types";
import type { PeopleFilter } from "../api";

export const ROLES: readonly Role[] = ["member", "staff", "admin"];

/** What is looked for stands in the address, as with every list. */
export function usePeopleFilter(): readonly [PeopleFilter, (next: PeopleFilter) => void] {
  const [params, setParams] = useSearchParams();
  const filter = {
    search: params.get("search") ?? "",
    role: ROLES.find((role) => role === params.get("role")) ?? null,
  };
  const setFilter = ({ search, role }: PeopleFilter) =>
    setParams({ ...(search && { search }), ...(role && { role }) }, { replace: true });
  return [filter, setFilter];
}
