/** Begins what one tab does for all; returns how to end it. */
type Lead = () => () => void;

export interface Candidate {
  /** Leads instead of whoever does, for when that one gives no sign of life. */
  takeOver(): void;
  leave(): void;
}

/**
 * Of all tabs that stand under one name, one leads: whoever holds the lock of that name.
 * The next one follows when it leaves, closes, or is put to sleep by the browser.
 */
export function standForLeader(name: string, lead: Lead): Candidate {
  const life = new AbortController();
  let turn: AbortController | null = null;

  const stand = (isTakingOver = false) => {
    turn?.abort();
    turn = new AbortController();
    void takeTurn(name, lead, turn.signal, isTakingOver).then((isTaken) => isTaken && stand());
  };
  const rest = () => {
    turn?.abort();
    turn = null;
  };
  const comeBack = () => turn ?? stand();

  const { signal } = life;
  document.addEventListener("freeze", rest, { signal });
  document.addEventListener("resume", comeBack, { signal });
  window.addEventListener("pagehide", rest, { signal });
  window.addEventListener("pageshow", comeBack, { signal });
  stand();
  return { takeOver: () => stand(true), leave: () => [life.abort(), rest()] };
}

/** Waits for the lock and leads while it is held. True when another tab took it. */
async function takeTurn(
  name: string,
  lead: Lead,
  signal: AbortSignal,
  isTakingOver: boolean,
): Promise<boolean> {
  let hasLed = false;
  const hold = () => {
    hasLed = true;
    return leadUntil(signal, lead);
  };
  try {
    await navigator.locks.request(name, isTakingOver ? { steal: true } : { signal }, hold);
  } catch {
    if (hasLed && !signal.aborted) return true;
    // Locks are refused with the storage, in some browsers: then each tab is on its own.
    await leadUntil(signal, lead);
  }
  return false;
}

function leadUntil(signal: AbortSignal, lead: Lead): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const stop = lead();
    signal.addEventListener("abort", () => {
      stop();
      resolve();
    });
  });
}
