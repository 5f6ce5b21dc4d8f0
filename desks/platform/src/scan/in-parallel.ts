/**
 * Results of `act` over all items, in their order, so many at a time. Every so often the event loop gets its turn, since
 * an act over a small file may never wait for anything.
 */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  atATime: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await act(items[index] as Item, index);
      if (index % turnEvery === 0) await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, lane));
  return results;
};

const turnEvery = 32;
