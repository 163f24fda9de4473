import { expect, test } from "vitest";
import type { Task } from "@/shared/api/types";
import { makeTask } from "@/test/factories";
import type { TaskGroup } from "./groups";
import { hold } from "./held";

const all = new Map([1, 2, 3, 4, 5].map((id) => [id, makeTask({ id })]));
const taskOf = (id: number) => all.get(id);

function groups(layout: Record<string, number[]>): TaskGroup[] {
  return Object.entries(layout).map(([name, ids]) => ({
    name,
    label: name,
    tasks: ids.flatMap((id) => taskOf(id) ?? []),
  }));
}

const layoutOf = (held: readonly TaskGroup[]) =>
  Object.fromEntries(held.map(({ name, tasks }) => [name, tasks.map(({ id }: Task) => id)]));

function held(
  shown: Record<string, number[]>,
  live: Record<string, number[]>,
  news: number[],
  above: number[] = [],
) {
  const result = hold(groups(shown), groups(live), new Set(news), taskOf, (id) =>
    above.includes(id),
  );
  return { ...layoutOf(result.groups), waiting: result.waiting };
}

test("a task that was moved elsewhere stays where it stood", () => {
  const shown = { today: [1, 2, 3], later: [4] };
  expect(held(shown, { today: [1, 3], later: [2, 4] }, [2])).toEqual({ ...shown, waiting: 1 });
  expect(held(shown, { today: [2, 1, 3], later: [4] }, [2])).toEqual({ ...shown, waiting: 1 });
});

test("its group stays for it, even when nothing else is in it any more", () => {
  const shown = { today: [1], later: [2] };
  expect(held(shown, { later: [1, 2] }, [1])).toEqual({ ...shown, waiting: 1 });
});

test("a task that a filter now hides stays as well, one that is deleted goes", () => {
  expect(held({ today: [1, 2] }, { today: [2] }, [1])).toEqual({ today: [1, 2], waiting: 1 });
  expect(held({ today: [9, 2] }, { today: [2] }, [9])).toEqual({ today: [2], waiting: 0 });
});

test("what is new waits where it would push down what is in use, and comes below it", () => {
  const live = { today: [5, 1, 2, 4] };
  expect(held({ today: [1, 2] }, live, [4, 5], [5])).toEqual({ today: [1, 2, 4], waiting: 1 });
});

test("one's own changes move at once, around what waits", () => {
  const shown = { today: [1, 2, 3], later: [4] };
  const live = { today: [3], later: [2, 1, 4] };
  expect(held(shown, live, [2])).toEqual({ today: [3, 2], later: [1, 4], waiting: 1 });
});

test("a change that moves nothing holds nothing", () => {
  const same = { today: [1, 2] };
  expect(held(same, same, [1, 2])).toEqual({ ...same, waiting: 0 });
});

test("a task that was changed and keeps its place waits for nothing", () => {
  const shown = { today: [1, 2] };
  expect(held(shown, shown, [1], [1])).toEqual({ ...shown, waiting: 0 });
});
