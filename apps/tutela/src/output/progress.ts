import { printable } from './printable.js';

/** Where progress is told: stderr, and whether a person watches it. */
export interface ProgressStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Time as progress needs it; tests bring their own. */
export interface Stopwatch {
  /** Milliseconds since some moment; never goes back. */
  readonly now: () => number;
  /** Acts again and again; answers how to end it. */
  readonly every: (milliseconds: number, act: () => void) => () => void;
}

export interface Tally {
  readonly done: number;
  /** Left out while nobody knows. */
  readonly total?: number | undefined;
}

export interface Progress {
  readonly update: (tally: Tally) => void;
  /** Writes the last line. */
  readonly end: () => void;
}

const systemStopwatch: Stopwatch = {
  now: () => performance.now(),
  every: (milliseconds, act) => {
    const timer = setInterval(act, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

const repaintMilliseconds = 200;
const heartbeatMilliseconds = 30_000;
/** The rate is that of the last so long: a run that slows down says so. */
const windowMilliseconds = 20_000;

interface ProgressDeps {
  readonly stream: ProgressStream;
  readonly stopwatch?: Stopwatch;
}

/**
 * One line that is painted again on a terminal; a line every 30 seconds elsewhere, so that a log shows life.
 * @param doing such as `scanning`
 * @param unit such as `files`
 */
export const startProgress = (
  { stream, stopwatch = systemStopwatch }: ProgressDeps,
  doing: string,
  unit: string,
): Progress => {
  const began = stopwatch.now();
  let samples: readonly Sample[] = [{ at: began, done: 0 }];
  let tally: Tally = { done: 0 };
  const onTerminal = stream.isTTY === true;
  const line = (): string => {
    const now = stopwatch.now();
    samples = [
      ...samples.filter(({ at }, index) => index === samples.length - 1 || now - at <= windowMilliseconds),
      { at: now, done: tally.done },
    ];
    return `${doing}: ${sentenceOf(tally, unit, rateOf(samples))}`;
  };
  const paint = (): void => {
    if (onTerminal) stream.write(`\r\u001b[2K${printable(line()).slice(0, (stream.columns ?? 80) - 1)}`);
    else stream.write(`${line()}\n`);
  };
  const stop = stopwatch.every(onTerminal ? repaintMilliseconds : heartbeatMilliseconds, paint);
  return {
    update: (next) => {
      tally = next;
    },
    end: () => {
      stop();
      const seconds = (stopwatch.now() - began) / 1000;
      const last = `${doing}: ${tally.done.toLocaleString('en')} ${unit} in ${formatDuration(seconds)}`;
      stream.write(onTerminal ? `\r\u001b[2K${last}\n` : `${last}\n`);
    },
  };
};

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Things in a second; undefined before there is a second to speak of. */
const rateOf = (samples: readonly Sample[]): number | undefined => {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 1000) return undefined;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
};

const sentenceOf = ({ done, total }: Tally, unit: string, rate: number | undefined): string => {
  const words = [total === undefined ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`];
  if (rate !== undefined) words.push(`${count(rate)}/s`);
  if (rate !== undefined && rate > 0 && total !== undefined && total > done) {
    words.push(`${formatDuration((total - done) / rate)} left`);
  }
  return words.join(', ');
};

const count = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value > 0 && value < 10 ? 1 : 0 });

/** `4.2 s`, `3 min 20 s`, `2 h 05 min`. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};
