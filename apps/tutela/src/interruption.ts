/** What is needed of the process; a test brings its own. */
export interface SignalledProcess {
  readonly on: (signal: NodeJS.Signals, act: () => void) => unknown;
  readonly exit: (code: number) => unknown;
}

interface InterruptionDeps {
  readonly process: SignalledProcess;
  readonly exitCode: number;
  readonly say: (line: string) => void;
  /** Milliseconds. */
  readonly now?: () => number;
}

/**
 * One Ctrl-C reaches the whole group of a terminal and is passed on by `npm start` besides: signals so close together
 * are one.
 */
const sameMs = 500;

/** Handlers are set at the first call; see `TutelaContext.interruption`. */
export const interruptionOf = ({ process, exitCode, say, now = Date.now }: InterruptionDeps): (() => AbortSignal) => {
  let controller: AbortController | undefined;
  let firstAt = 0;
  const onSignal = (): void => {
    if (controller === undefined) return;
    if (controller.signal.aborted) {
      if (now() - firstAt > sameMs) process.exit(exitCode);
      return;
    }
    firstAt = now();
    say('ending in good order; once more to end at once');
    controller.abort();
  };
  return () => {
    if (controller === undefined) {
      controller = new AbortController();
      process.on('SIGINT', onSignal);
      process.on('SIGTERM', onSignal);
    }
    return controller.signal;
  };
};
