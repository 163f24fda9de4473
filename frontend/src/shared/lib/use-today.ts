import { useEffect, useState } from "react";
import { sessionStore } from "@/shared/session/session";
import { nowIn, type ZonedNow } from "./plain-date";
import { useStore } from "./store";

const TICK_MS = 30_000;

/** Day and minute in the person's zone; turns with the clock, so lists regroup at midnight. */
export function useZonedNow(): ZonedNow {
  const zone = useStore(sessionStore).user?.time_zone;
  const [now, setNow] = useState(() => nowIn(zone));
  useEffect(() => {
    const update = () => setNow((last) => sameOrNew(last, nowIn(zone)));
    update();
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  }, [zone]);
  return now;
}

function sameOrNew(last: ZonedNow, next: ZonedNow): ZonedNow {
  return last.date === next.date && last.time === next.time ? last : next;
}
