/** Whether what was allowed still is. */
export type MayGoOn = () => Promise<'goes-on' | 'stops'>;

/** Ends tools that run for long. */
export interface StopWatch {
  /** Aborted once `mayGoOn` says no. */
  readonly signal: AbortSignal;
  readonly close: () => void;
}

const askMilliseconds = 500;

/** Asks twice a second, until it is closed. */
export const untilStopped = (mayGoOn: MayGoOn): StopWatch => {
  const stop = new AbortController();
  const timer = setInterval(() => {
    // What asks in vain finds out itself, at its next turn.
    void mayGoOn().then(
      (answer) => answer === 'stops' && stop.abort(),
      () => undefined,
    );
  }, askMilliseconds);
  return { signal: stop.signal, close: () => clearInterval(timer) };
};
