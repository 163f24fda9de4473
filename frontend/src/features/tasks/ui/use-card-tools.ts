import { type RefObject, useEffect, useLayoutEffect } from "react";
import { markKeys } from "@/shared/actions/mark-keys";
import type { Task } from "@/shared/api/types";
import { rowsIn } from "../model/rows";
import { setOrder } from "../model/selection";
import { useFocusKeeper } from "./use-focus-keeper";
import { useRowCommands } from "./use-list-commands";

/**
 * Keys and focus of views whose cards stand in columns or days: those that are drawn count,
 * and those that are about to be. Returns which card has the focus and must stay drawn.
 */
export function useCardTools(
  area: RefObject<HTMLElement | null>,
  openId: number | null,
  coming: readonly Task[] = [],
): number | null {
  const drawn = () => rowsIn(document.querySelector("[data-layer=task]") ?? area.current);
  useLayoutEffect(() => setOrder(drawn()));
  useLayoutEffect(() => () => setOrder([]), []);
  useRowCommands(openId);
  useEffect(() => markKeys("list"), []);
  return useFocusKeeper(() => [...drawn(), ...coming.map(({ id }) => id)]);
}
