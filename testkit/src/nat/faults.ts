import { type Random, randomFrom } from '../picture/random.js';
import type { SlotEvent } from './slot-events.js';

/** What goes wrong between a device and its log. Shares are of 1; times are milliseconds UTC. */
export interface LogFaults {
  readonly seed: number;
  readonly lostReleases: number;
  readonly lostAllocs: number;
  /** No line arrives; the device goes on numbering. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** The device starts anew: what was held ends without a line, and numbering begins at 1. */
  readonly resets: readonly number[];
  /** Device clock minus UTC. */
  readonly skewMs: number;
  /** Allocations that the device gives a second customer as well, by mistake. */
  readonly overlaps: number;
}

export const noFaults: LogFaults = {
  seed: 0,
  lostReleases: 0,
  lostAllocs: 0,
  gaps: [],
  resets: [],
  skewMs: 0,
  overlaps: 0,
};

/** An event as the log has it. `stamp` is the device's clock. `customer` is the holder, or the second one of an overlap. */
export interface LoggedEvent {
  readonly event: SlotEvent['event'] | 'reset';
  readonly stamp: number;
  readonly sequence: number;
  readonly slot: number;
  readonly customer: number;
  /** When the holding was given out, by the device's clock. */
  readonly since: number;
}

/** Told of each allocation that the device gave to a second customer as well. */
export type OnOverlap = (slot: number, hold: SlotEvent['hold'], second: number) => void;

/** The events that reach the log. The truth stays with `holdsOf`, the faults and what `onOverlap` is told. */
export function* loggedEvents(
  events: Iterable<SlotEvent>,
  faults: LogFaults,
  customers: number,
  onOverlap?: OnOverlap,
): Generator<LoggedEvent, void, void> {
  const random: Random = randomFrom(faults.seed);
  const resets = [...faults.resets].sort((a, b) => a - b);
  /** Second holders by slot, until the first one's release. */
  const seconds = new Map<number, number>();
  /** The last reset: holdings from before it are over. */
  let resetAt = Number.NEGATIVE_INFINITY;
  let sequence = 0;
  for (const { at, event, slot, hold } of events) {
    while (resets.length > 0 && resets[0]! <= at) {
      resetAt = resets.shift()!;
      sequence = 1;
      const stamp = resetAt + faults.skewMs;
      yield { event: 'reset', stamp, sequence, slot: 0, customer: 0, since: stamp };
      seconds.clear();
    }
    if (event !== 'alloc' && hold.start < resetAt) continue;
    sequence++;
    const lost =
      (event === 'release' && random() < faults.lostReleases) ||
      (event === 'alloc' && random() < faults.lostAllocs) ||
      faults.gaps.some((gap) => at >= gap.from && at < gap.to);
    const stamp = at + faults.skewMs;
    const since = hold.start + faults.skewMs;
    if (!lost) yield { event, stamp, sequence, slot, customer: hold.customer, since };
    if (event === 'alloc' && faults.overlaps > 0 && random() < faults.overlaps) {
      seconds.set(slot, (hold.customer + 1) % customers);
      onOverlap?.(slot, hold, seconds.get(slot)!);
    } else if (!seconds.has(slot)) continue;
    sequence++;
    if (!lost) yield { event, stamp, sequence, slot, customer: seconds.get(slot)!, since };
    if (event === 'release') seconds.delete(slot);
  }
}
