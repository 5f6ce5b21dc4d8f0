import { setTimeout as sleep } from 'node:timers/promises';

/** Work that is asked for often and done by one at a time. */
export interface Waker {
  /** Has the work done soon. Asked again while it runs or rests, it runs once more. */
  readonly wake: () => void;
  /** When nothing runs any more; what was asked for while it ran is left. */
  readonly idle: () => Promise<void>;
}

export interface WakerOptions {
  /** Told what the work threw: it fails for itself, and is asked for again by whoever needs it. */
  readonly log: (line: string) => void;
  /** Between two runs, so that a busy desk's work comes together; the first does not wait. */
  readonly restMs: number;
}

export const openWaker = (work: () => Promise<unknown>, { log, restMs }: WakerOptions): Waker => {
  let running: Promise<void> | undefined;
  let again: 'asked' | 'no' = 'no';
  let ending = new AbortController();
  const run = async (): Promise<void> => {
    do {
      again = 'no';
      try {
        await work();
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
      await sleep(restMs, undefined, { signal: ending.signal }).catch(() => undefined);
    } while (again === ('asked' as 'asked' | 'no') && !ending.signal.aborted);
    running = undefined;
  };
  return {
    wake: () => {
      again = 'asked';
      running ??= run();
    },
    idle: async () => {
      ending.abort();
      await running;
      ending = new AbortController();
    },
  };
};
