import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { type OpenPanel, readPanel, writePanel } from "./url";

export interface PanelControls {
  readonly panel: OpenPanel | null;
  readonly open: (panel: OpenPanel) => void;
  readonly close: () => void;
}

/** The panel beside the list is part of the address: reload, Back and links reproduce it. */
export function usePanel(): PanelControls {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (panel: OpenPanel | null) =>
      setParams((last) => writePanel(last, panel), { preventScrollReset: true }),
    [setParams],
  );
  const close = useCallback(() => set(null), [set]);
  return { panel: readPanel(params), open: set, close };
}
