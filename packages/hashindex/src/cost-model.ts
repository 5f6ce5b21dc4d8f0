import { ballSize, maximumRadius } from './flips.js';
import { rangeCapacity } from './job.js';
import { reachesFor } from './radii.js';

/** Nanoseconds of one core, measured by `npm run bench -- index`. */
const cost = {
  /** One hash against one needle in a plain scan. */
  scanned: 0.9,
  /** One bucket looked up. */
  probe: 12,
  /** One posting compared by its sketch. */
  candidate: 0.3,
  /** One hash fetched and compared. */
  verified: 60,
};

const sketchBits = 16;

/** Work of one needle, expected for hashes that behave like random ones. */
export interface ExpectedWork {
  readonly probes: number;
  readonly candidates: number;
  readonly verified: number;
}

/** What one needle costs in a segment of `size` hashes with chunks of `widths` bits. */
export const expectedWork = (size: number, widths: readonly number[], threshold: number): ExpectedWork => {
  let probes = 0;
  let candidates = 0;
  let verified = 0;
  for (const [at, { radius, reach }] of reachesFor(widths.length, threshold).entries()) {
    const width = widths[at]!;
    probes += ballSize(width, radius);
    for (let bits = 0; bits <= radius; bits++) {
      const found = (size * (ballSize(width, bits) - ballSize(width, bits - 1))) / 2 ** width;
      candidates += found;
      verified += (found * ballSize(sketchBits, Math.min(reach - bits, sketchBits))) / 2 ** sketchBits;
    }
  }
  return { probes, candidates, verified };
};

const nanoseconds = (work: ExpectedWork): number =>
  work.probes * cost.probe + work.candidates * cost.candidate + work.verified * cost.verified;

/** Largest radius whose buckets fit in a search's list of ranges. */
export const flippedRadius = (width: number): number => {
  let radius = 0;
  while (radius < maximumRadius && ballSize(width, radius + 1) <= rangeCapacity) radius++;
  return radius;
};

/** How to search one segment: through its tables, or over all its hashes. */
export const methodFor = (size: number, widths: readonly number[], threshold: number): 'probe' | 'scan' => {
  if (widths.length === 0) return 'scan';
  const reaches = reachesFor(widths.length, threshold);
  if (reaches.some(({ radius }, at) => radius > flippedRadius(widths[at]!))) return 'scan';
  return nanoseconds(expectedWork(size, widths, threshold)) < size * cost.scanned ? 'probe' : 'scan';
};

const evenWidths = (chunks: number): readonly number[] =>
  Array.from({ length: chunks }, (_, at) => Math.floor(256 / chunks) + (at < 256 % chunks ? 1 : 0));

/** Sixteen chunks of 16 bits down to eleven of 23 and 24. */
const layouts = [16, 15, 14, 13, 12, 11].map(evenWidths);

/** Chunk widths for a segment of `size` hashes searched mostly at `threshold`; none: scan it. */
export const widthsFor = (size: number, threshold: number): readonly number[] => {
  let best: readonly number[] = [];
  let least = size * cost.scanned;
  for (const widths of layouts) {
    if (methodFor(size, widths, threshold) === 'scan') continue;
    const expected = nanoseconds(expectedWork(size, widths, threshold));
    if (expected >= least) continue;
    best = widths;
    least = expected;
  }
  return best;
};
