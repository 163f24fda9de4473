import { type CommandId, commands } from "@/shared/actions/commands";
import { navItems } from "./nav-items";

/** Keys of pages that there are not teach nobody anything. */
export function canDo(id: CommandId): boolean {
  return commands[id].group !== "go" || navItems.some(({ command }) => command === id);
}
