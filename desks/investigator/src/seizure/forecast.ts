import type { Lately, UnitCounts } from './queries/progress.js';

/** How long a pass will take, and what it rests on. */
export interface Forecast {
  readonly unitsLeft: number;
  /** Of units that say how much they hold. */
  readonly filesLeft: number;
  readonly bytesLeft: number;
  /** `at-least` while there are folders that nobody has looked into: they may hold anything. */
  readonly certainty: 'estimate' | 'at-least';
  /** `null` where nothing was finished lately to reckon with. */
  readonly secondsLeft: number | null;
  readonly filesPerSecond: number;
  readonly bytesPerSecond: number;
}

/**
 * Reckons with what was finished in the last so many seconds by all workers together. A unit that says nothing of
 * itself counts like the average one; stopped ones count as work that is left.
 */
export const forecastOf = (
  { waiting, stopped, expectedFiles, expectedBytes, unknown }: Omit<UnitCounts, 'done' | 'files' | 'bytes'>,
  lately: Lately,
  seconds: number,
): Forecast => {
  const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
  const [files, bytes, units] = [perSecond(lately.files), perSecond(lately.bytes), perSecond(lately.units)];
  const over = (left: number, rate: number): number => (left === 0 ? 0 : left / rate);
  const known = Math.max(over(expectedFiles, files), over(expectedBytes, bytes));
  const reckoned = known + over(unknown, units);
  return {
    unitsLeft: waiting + stopped,
    filesLeft: expectedFiles,
    bytesLeft: expectedBytes,
    certainty: unknown > 0 ? 'at-least' : 'estimate',
    secondsLeft: Number.isFinite(reckoned) ? reckoned : null,
    filesPerSecond: files,
    bytesPerSecond: bytes,
  };
};
