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
