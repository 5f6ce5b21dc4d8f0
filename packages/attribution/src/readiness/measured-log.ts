import { eachHolding } from '../segment/each-holding.js';
import type { SegmentReader } from '../segment/segment-reader.js';
import type { AttributableShare } from './attributable-share.js';
import type { MeasuredLog, RetentionAssumptions } from './retention-options.js';

const dayMs = 86_400_000;
const usualClockMs = 5000;

/** What one day's log shows of its own way of sharing addresses, in place of what would be assumed. */
export const measuredLog = (
  segment: SegmentReader,
  shares: readonly AttributableShare[],
): MeasuredLog & { readonly counted: Partial<RetentionAssumptions> } => {
  const { directory, header } = segment;
  const { period, layout } = header;
  const kind = kindOf(segment);
  const days = (period.to - period.from + 1) / dayMs;
  const each = layout.holders === 0 ? 0 : layout.records / layout.holders / days;
  const counted =
    kind === 'sessions'
      ? { connectionsPerSubscriberDay: each }
      : kind === 'port-blocks'
        ? { blocksPerSubscriberDay: each }
        : { leasesPerSubscriberDay: each };
  return {
    kind,
    withPort: exactAt(shares, 'given'),
    withoutPort: exactAt(shares, 'missing'),
    alone: aloneOf(segment, directory.holdersOf),
    counted,
  };
};

const kindOf = ({ directory: { first, last } }: SegmentReader): MeasuredLog['kind'] => {
  if (first.every((port, entry) => port === 0 && last[entry] === 0xffff)) return 'whole';
  return first.every((port, entry) => port === last[entry]) ? 'sessions' : 'port-blocks';
};

/** At the clock error nearest to the usual one. */
const exactAt = (shares: readonly AttributableShare[], port: AttributableShare['port']): number => {
  const distance = ({ clockErrorMs }: AttributableShare): number => Math.abs(clockErrorMs - usualClockMs);
  const [nearest] = shares.filter((share) => share.port === port).sort((one, other) => distance(one) - distance(other));
  return nearest?.exact ?? 0;
};

/** By time held. Keys come in the order of the directory. */
const aloneOf = (segment: SegmentReader, holdersOf: Uint32Array): number => {
  const { period } = segment.header;
  let place = -1;
  let key: unknown;
  let held = 0;
  let alone = 0;
  for (const holding of eachHolding(segment)) {
    if (holding.key !== key) {
      key = holding.key;
      place++;
    }
    const length = Math.max(0, Math.min(holding.to, period.to) - Math.max(holding.from, period.from));
    held += length;
    if (holdersOf[place] === 1) alone += length;
  }
  return held === 0 ? 0 : alone / held;
};
