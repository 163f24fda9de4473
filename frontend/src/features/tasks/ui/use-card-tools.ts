import { type RefObject, useEffect, useLayoutEffect } from "react";
import { markKeys } from "@/shared/actions/mark-keys";
import { rowsIn } from "../model/rows";
import { setOrder } from "../model/selection";
import { useFocusKeeper } from "./use-focus-keeper";
import { useRowCommands } from "./use-list-commands";

/** Keys and focus of views whose cards stand in columns or days: those that are drawn count. */
export function useCardTools(area: RefObject<HTMLElement | null>, openId: number | null): void {
  const drawn = () => rowsIn(area.current);
  useLayoutEffect(() => setOrder(drawn()));
  useLayoutEffect(() => () => setOrder([]), []);
  useRowCommands(openId);
  useFocusKeeper(drawn);
  useEffect(() => markKeys("list"), []);
}
