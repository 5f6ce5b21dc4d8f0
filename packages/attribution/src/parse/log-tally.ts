import type { IgnoredName, LineFault } from './line-reader.js';

/** Every line read is in exactly one of `recorded`, `rejected` and `ignored`. All but `records` are lines. */
export interface LogTally {
  readonly bytes: number;
  readonly lines: number;
  readonly recorded: number;
  readonly rejected: number;
  readonly ignored: Readonly<Partial<Record<IgnoredName, number>>>;
  readonly faults: Readonly<Partial<Record<LineFault, number>>>;
  readonly records: number;
}

export const emptyTally: LogTally = {
  bytes: 0,
  lines: 0,
  recorded: 0,
  rejected: 0,
  ignored: {},
  faults: {},
  records: 0,
};
