import { useEffect, useState } from "react";

const PATIENCE_MS = 300;

/** True once something has gone on for longer than people notice. */
export function useDelayed(isActive: boolean, delay = PATIENCE_MS): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isActive) return setLate(false);
    const timer = setTimeout(() => setLate(true), delay);
    return () => clearTimeout(timer);
  }, [isActive, delay]);
  return isActive && isLate;
}
