/** Work that is asked for often and done by one at a time. */
export interface Waker {
  /** Has the work done soon. Asked again while it runs, it runs once more. */
  readonly wake: () => void;
  /** When nothing runs any more. */
  readonly idle: () => Promise<void>;
}

/** @param work fails for itself: what it throws is told to `log`, and it is asked for again by whoever needs it */
export const openWaker = (work: () => Promise<unknown>, log: (line: string) => void): Waker => {
  let running: Promise<void> | undefined;
  let again: 'asked' | 'no' = 'no';
  const run = async (): Promise<void> => {
    do {
      again = 'no';
      try {
        await work();
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    } while (again === ('asked' as 'asked' | 'no'));
    running = undefined;
  };
  return {
    wake: () => {
      again = 'asked';
      running ??= run();
    },
    idle: () => running ?? Promise.resolve(),
  };
};
