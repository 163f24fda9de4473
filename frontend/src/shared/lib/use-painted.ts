import { useEffect, useState } from "react";
import { afterPaint } from "./after-paint";

/** A page in the background paints nothing, and still goes on. */
const PATIENCE_MS = 2_000;

/**
 * False until `isReady` has been true for a paint, or for long enough. For what is fetched
 * besides: on a slow line, whatever else is asked for keeps the first sight waiting.
 */
export function usePainted(isReady = true): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => (isReady ? afterPaint(() => setPainted(true)) : undefined), [isReady]);
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isPainted;
}
