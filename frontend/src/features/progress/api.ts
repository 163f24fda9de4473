import { get } from "@/shared/api/client";
import type { Progress } from "@/shared/api/types";

export function getProgress(): Promise<Progress> {
  return get<Progress>("/api/tasks/progress/");
}
