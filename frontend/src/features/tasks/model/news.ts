import type { TaskGroup } from "./groups";

/** Where somebody is in a list. */
export interface Attention {
  /** What is under the pointer. */
  pointedAt: Element | null;
  actedAt: number;
}

export interface Held {
  readonly groups: readonly TaskGroup[];
  /** How many tasks wait for their new place. */
  readonly waiting: number;
}

type Arrange = (
  shown: readonly TaskGroup[],
  live: readonly TaskGroup[],
  attention: Attention,
  list: HTMLElement | null,
) => Held;

/**
 * Tasks that were changed elsewhere since the list was last arranged. Their rows show
 * the change at once; where they belong can wait until nobody is about to press there.
 */
const news = new Set<number>();
/** Comes with the first news: before that there is nothing to hold. */
let holdNews: Arrange | null = null;

export function addNews(ids: readonly number[], arrange: Arrange): void {
  for (const id of ids) news.add(id);
  holdNews = arrange;
}

/** What a person does themselves moves at once. */
export function forgetNews(ids: Iterable<number> = [...news]): void {
  for (const id of ids) news.delete(id);
}

export function currentNews(): ReadonlySet<number> {
  return news;
}

export const arranged: Arrange = (shown, live, attention, list) =>
  holdNews && news.size > 0 ? holdNews(shown, live, attention, list) : { groups: live, waiting: 0 };
