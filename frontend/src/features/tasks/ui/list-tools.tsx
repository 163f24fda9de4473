import { useEffect } from "react";
import { markKeys } from "@/shared/actions/mark-keys";
import { useStore } from "@/shared/lib/store";
import { selectionStore } from "../model/selection";
import { SelectionBar } from "./selection-bar";
import { useFocusKeeper } from "./use-focus-keeper";
import { useListCommands } from "./use-list-commands";

export { UpdatesButton } from "./updates-button";

interface ListToolsProps {
  readonly order: readonly number[];
  /** The task whose panel is open. */
  readonly openId: number | null;
}

/** Keys, selection and focus of a list: nothing of it is needed for the first paint. */
export function ListTools({ order, openId }: ListToolsProps) {
  useListCommands(openId);
  useFocusKeeper(() => order);
  useEffect(() => markKeys("list"), []);
  const { ids } = useStore(selectionStore);
  return ids.size > 0 && <SelectionBar ids={ids} />;
}
