import { availableParallelism } from 'node:os';

/** Does this to each, at most as many at once as there are processors; results in the order of the items. */
export const eachAtOnce = async <Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
  atOnce: number = availableParallelism(),
): Promise<readonly Result[]> => {
  const results = new Map<number, Result>();
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of waiting) results.set(at, await act(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return items.map((_, at) => results.get(at) as Result);
};
