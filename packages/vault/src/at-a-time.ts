/** Runs tasks, at most `limit` at once; the others wait their turn in order. */
export type AtATime = <T>(task: () => Promise<T>) => Promise<T>;

export const atATime = (limit: number): AtATime => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place passes on directly, so that a newcomer cannot take it in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
};
