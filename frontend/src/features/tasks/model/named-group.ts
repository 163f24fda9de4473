import type { Task } from "@/shared/api/types";
import type { TaskGroup } from "./groups";

/** Groups without tasks may be missing. */
export function tasksNamed(name: string, groups: readonly TaskGroup[]): readonly Task[] {
  return groups.find((group) => group.name === name)?.tasks ?? [];
}
