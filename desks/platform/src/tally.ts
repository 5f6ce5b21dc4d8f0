import type { ScanTally } from './schema.js';

export const emptyTally: ScanTally = { exact: 0, near: 0, none: 0, undecided: 0, refused: 0, failed: 0 };

export const addTallies = (one: ScanTally, other: ScanTally): ScanTally => ({
  exact: one.exact + other.exact,
  near: one.near + other.near,
  none: one.none + other.none,
  undecided: one.undecided + other.undecided,
  refused: one.refused + other.refused,
  failed: one.failed + other.failed,
});
