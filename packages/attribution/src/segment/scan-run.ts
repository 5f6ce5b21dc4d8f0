import type { RecordCodec } from './record-codec.js';
import type { Run } from './segment-reader.js';

/** What of a run touches a window: where the records begin, and the nearest records of other holders around it. */
export interface RunScan {
  readonly hits: readonly number[];
  /** Milliseconds UTC; −1 and infinity where there is none. */
  readonly before: number;
  readonly after: number;
}

/** `wanted`: rank of the destination asked about, −1 for one nobody went to, `undefined` when none was named. */
export interface ScanWindow {
  readonly from: number;
  readonly to: number;
  readonly wanted: number | undefined;
}

/** @param endsAscend 1 where holdings end in the order in which they begin: there the search stops early */
export const scanRun = (codec: RecordCodec, run: Run, endsAscend: number, window: ScanWindow): RunScan => {
  const { view, at, records } = run;
  const { width } = codec;
  const edge = codec.begunBy(view, at, records, window.to);
  const hits: number[] = [];
  let earlier = edge - 1;
  for (; earlier >= 0; earlier--) {
    const place = at + earlier * width;
    if (codec.to(view, place) < window.from) {
      if (endsAscend === 1) break;
    } else if (counts(codec, view, place, window)) {
      hits.push(place);
    }
  }
  let after = Number.POSITIVE_INFINITY;
  for (let record = edge; record < records; record++) {
    const place = at + record * width;
    if (isOther(codec, view, place, hits, window)) {
      after = codec.from(view, place);
      break;
    }
  }
  let before = -1;
  for (let record = endsAscend === 1 ? earlier : edge - 1; record >= 0; record--) {
    const place = at + record * width;
    const ends = codec.to(view, place);
    if (ends < window.from && ends > before && isOther(codec, view, place, hits, window)) before = ends;
    if (endsAscend === 1 && ends <= before) break;
  }
  return { hits, before, after };
};

const isOther = (
  codec: RecordCodec,
  view: DataView,
  place: number,
  hits: readonly number[],
  window: ScanWindow,
): boolean => {
  const holder = codec.holder(view, place);
  for (const hit of hits) if (codec.holder(view, hit) === holder) return false;
  return counts(codec, view, place, window);
};

/** A record without a destination counts for each. */
const counts = (codec: RecordCodec, view: DataView, place: number, { wanted }: ScanWindow): boolean => {
  if (wanted === undefined) return true;
  const its = codec.destination(view, place);
  return its < 0 || its === wanted;
};
