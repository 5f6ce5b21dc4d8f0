import { ballSize, maximumRadius } from './flips.js';
import { chunkBits, chunkBytes } from './layout.js';
import { reachesFor } from './radii.js';

/**
 * Nanoseconds of one core, fitted to sizes from 10^3 to 10^7 and thresholds from 15 to 63 (docs: README.md, "Cost
 * model"). They only choose between two exact methods: on another machine a wrong choice costs time, never a hit.
 */
const cost = {
  /** One hash against one needle in a plain scan, by whether half a hash nearly always decides. */
  scannedHalf: 0.7,
  scannedWhole: 1.4,
  halfDecides: 44,
  /** One bucket looked up, by where the tables of a chunk lie: in the second, the third or no cache. */
  probe: [
    { bytes: 2 ** 20, time: 5 },
    { bytes: 2 ** 25, time: 13 },
    { bytes: Number.POSITIVE_INFINITY, time: 30 },
  ],
  /** One posting compared by its sketch. */
  candidate: 0.2,
  /** One hash fetched and compared. */
  verified: 60,
};

/** The threshold Meta recommends for PDQ. */
const usualThreshold = 31;

/** Work of one needle, expected for hashes that behave like random ones. */
export interface ExpectedWork {
  readonly probes: number;
  readonly candidates: number;
  readonly verified: number;
}

/** What probing for one needle costs in a segment of `size` hashes. */
export const expectedWork = (size: number, threshold: number): ExpectedWork => {
  let probes = 0;
  let candidates = 0;
  let verified = 0;
  for (const { radius, reach } of reachesFor(threshold)) {
    probes += ballSize(radius);
    for (let bits = 0; bits <= radius; bits++) {
      const found = (size * (ballSize(bits) - ballSize(bits - 1))) / 2 ** chunkBits;
      candidates += found;
      verified += (found * ballSize(reach - bits)) / 2 ** chunkBits;
    }
  }
  return { probes, candidates, verified };
};

export type Method = 'probe' | 'scan';

/** The faster method for one of many needles; `probe` needs tables. */
export const methodFor = (size: number, threshold: number): Method => {
  if (reachesFor(threshold).some(({ radius }) => radius > maximumRadius)) return 'scan';
  const tableBytes = Object.values(chunkBytes(size)).reduce((sum, bytes) => sum + bytes, 0);
  const probe = cost.probe.find(({ bytes }) => tableBytes <= bytes)!.time;
  const work = expectedWork(size, threshold);
  const probing = work.probes * probe + work.candidates * cost.candidate + work.verified * cost.verified;
  const scanning = size * (threshold <= cost.halfDecides ? cost.scannedHalf : cost.scannedWhole);
  return probing < scanning ? 'probe' : 'scan';
};

/** Whether a segment of `size` hashes is worth tables at all: from about 2,000 hashes on. */
export const worthTables = (size: number): boolean => methodFor(size, usualThreshold) === 'probe';
