import { useCallback, useSyncExternalStore } from "react";

export const PHONE = "(max-width: 699.98px)";
export const DESKTOP = "(min-width: 1180px)";

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
