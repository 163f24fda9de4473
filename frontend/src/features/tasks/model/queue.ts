import { ApiError, hasCode, isStatus, NetworkError, SignedOutError } from "@/shared/api/errors";
import { noteReached, onlineStore, whenOnline } from "@/shared/lib/online";
import { createStore } from "@/shared/lib/store";
import { backoffMs } from "@/shared/realtime/backoff";
import { sessionGeneration } from "@/shared/session/session";

/**
 * One write at a time per task, in the order they were made: two fast edits then
 * end as the last one, whatever the network does to their answers.
 */
const tails = new Map<number, Promise<unknown>>();

export function enqueue<T>(id: number, job: () => Promise<T>): Promise<T> {
  const before = tails.get(id) ?? Promise.resolve();
  const run = before.then(job, job);
  const tail = run
    .catch(() => undefined)
    .finally(() => {
      if (tails.get(id) === tail) tails.delete(id);
    });
  tails.set(id, tail);
  return run;
}

/** Resolves when nothing is on its way for this task. */
export async function whenIdle(id: number): Promise<void> {
  while (tails.has(id)) await tails.get(id);
}

/** True while the server does not take what is being sent to it again and again. */
export const stalledStore = createStore(false);

/** A server's own mistake may pass, but not for ever. */
const MAX_SERVER_ERRORS = 5;

/** How a write is to be sent. */
export interface Delivery {
  /** When it was made. */
  readonly at: number;
  /** Whose write it is: never sent as somebody else. */
  readonly generation: number;
  /** Nobody waits at the screen to press Retry, so a failing server is tried some more. */
  readonly isPatient: boolean;
}

interface Waiting {
  readonly at: number;
  readonly run: () => Promise<unknown>;
}

/** What could not go at once goes one by one, the oldest first. */
const lane: Waiting[] = [];
let isMoving = false;

/** Sends until the server has answered for good. What nobody received is no failure yet. */
export async function deliver<T>(send: () => Promise<T>, delivery: Delivery): Promise<T> {
  if (!onlineStore.get() || isMoving || delivery.isPatient) return sendInLane(send, delivery, 0);
  try {
    return await sendOnce(send, delivery);
  } catch (error) {
    if (!isPassing(error, 1, delivery)) throw error;
    return sendInLane(send, delivery, 1);
  }
}

function sendInLane<T>(send: () => Promise<T>, delivery: Delivery, failures: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const run = () => insist(send, delivery, failures).then(resolve, reject);
    lane.push({ at: delivery.at, run });
    if (!isMoving) void moveLane();
  });
}

async function moveLane(): Promise<void> {
  isMoving = true;
  while (lane.length > 0) {
    await whenOnline();
    // Whoever has been waiting for the network as well gets in line first.
    await pause(0);
    lane.sort((a, b) => a.at - b.at);
    await lane.shift()?.run();
  }
  isMoving = false;
  setStalled(false);
}

async function insist<T>(send: () => Promise<T>, delivery: Delivery, start: number): Promise<T> {
  for (let failures = start; ; failures += 1) {
    if (failures > 0) await pause(backoffMs(failures - 1));
    await whenOnline();
    try {
      const answer = await sendOnce(send, delivery);
      setStalled(false);
      return answer;
    } catch (error) {
      if (!isPassing(error, failures + 1, delivery)) throw error;
      setStalled(true);
    }
  }
}

async function sendOnce<T>(send: () => Promise<T>, { generation }: Delivery): Promise<T> {
  if (generation !== sessionGeneration()) throw new SignedOutError();
  try {
    const answer = await send();
    noteReached(true);
    return answer;
  } catch (error) {
    if (error instanceof NetworkError) noteReached(false);
    else if (error instanceof ApiError) noteReached(true);
    throw error;
  }
}

function isPassing(error: unknown, failures: number, { isPatient }: Delivery): boolean {
  if (error instanceof NetworkError || hasCode(error, "idempotency_key_in_use")) return true;
  if (isStatus(error, 429, 502, 503, 504)) return true;
  return isPatient && isStatus(error, 500) && failures < MAX_SERVER_ERRORS;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function setStalled(isStalled: boolean): void {
  if (stalledStore.get() !== isStalled) stalledStore.set(isStalled);
}
