import { compareRecords } from './compare-records.js';
import type { CoverageFact } from './coverage-fact.js';
import { allocated, closed, type Holding, type HoldingEnd, rebuilt } from './holding.js';
import type { LeaseInterval } from './interval.js';
import type { LogRecord } from './log-record.js';
import { groupKey, holderOf, slotKey } from './pairing-key.js';

export interface PairingSettings {
  /** How often something held sends a sign of life, where the device was told to. */
  readonly heartbeatMs: number | undefined;
  /** `logged`, or the longest that anything lasts on a device that logs only beginnings. */
  readonly ends: 'logged' | { readonly longestMs: number };
}

export interface Paired {
  readonly intervals: readonly LeaseInterval[];
  readonly facts: readonly CoverageFact[];
}

/** Makes intervals of events. Memory grows with what is held at once, never with the length of the log. */
export interface Pairing {
  /** Records and facts in the order in which they happened (`compareRecords`). */
  readonly add: (item: LogRecord | CoverageFact) => void;
  /** Closes what is still open. */
  readonly end: () => void;
  /** All that later items need, to be written down at once (structured clone) and given to another pairing. */
  readonly state: () => PairingState;
  /** What was completed since the last call. */
  readonly take: () => Paired;
}

/** What is held, and what the last record was. It holds what lines say, identities too. */
export interface PairingState {
  readonly groups: Map<string, Map<number | string, Slot>>;
  readonly records: number;
  readonly latest: number;
  readonly previous: LogRecord | undefined;
}

interface Slot {
  readonly holdings: Holding[];
  /** A release that nothing was open for: its allocation may follow in the same moment. */
  orphan: LogRecord | undefined;
  freeSince: number | undefined;
  /** Taken to be over because the ports were given to another: their own release would show that they were not. */
  readonly presumedOver: Holding[];
}

/** How often holdings of a device without logged ends are looked through for what cannot last any longer. */
const sweepEvery = 65_536;
/** More at once on one port than a device can have confused. */
const mostSuperseded = 8;

/** @param from where another one stopped; it is used up */
export const openPairing = (settings: PairingSettings, from?: PairingState): Pairing => {
  const groups = from?.groups ?? new Map<string, Map<number | string, Slot>>();
  let intervals: LeaseInterval[] = [];
  let facts: CoverageFact[] = [];
  let records = from?.records ?? 0;
  let latest = from?.latest ?? 0;
  let previous: LogRecord | undefined = from?.previous;

  const slotOf = (record: LogRecord): { slot: Slot; group: Map<number | string, Slot>; key: number | string } => {
    const groupName = groupKey(record);
    let group = groups.get(groupName);
    if (group === undefined) {
      group = new Map();
      groups.set(groupName, group);
    }
    const key = slotKey(record);
    let slot = group.get(key);
    if (slot === undefined) {
      slot = { holdings: [], orphan: undefined, freeSince: undefined, presumedOver: [] };
      group.set(key, slot);
    }
    return { slot, group, key };
  };

  const fault = (
    record: LogRecord,
    what: 'alloc-over-open' | 'release-without-alloc' | 'interim-without-alloc',
    since: number | undefined,
  ): void => {
    const { exporter, natInstance } = record;
    facts.push({ kind: 'pairing-fault', exporter, natInstance, fault: what, since, at: record.tDevice });
  };

  const close = (holding: Holding, end: HoldingEnd): void => {
    const interval = closed(holding, end);
    const every = settings.heartbeatMs;
    const until = interval.endLatest ?? latest;
    if (every !== undefined && interval.kind === 'block' && until > holding.lastSeen + 2 * every) {
      const { exporter, natInstance } = interval;
      facts.push({
        kind: 'heartbeat-missing',
        exporter,
        natInstance,
        everyMs: every,
        from: holding.lastSeen,
        to: until,
      });
    }
    intervals.push(interval);
  };

  /** Closes what another's allocation, or its own expiry, has shown to be over. */
  const closeSuperseded = (slot: Slot, holding: Holding, at: number): void => {
    slot.presumedOver.push(holding);
    if (slot.presumedOver.length > mostSuperseded) slot.presumedOver.shift();
    const { expiry, lastSeen } = holding;
    if (expiry !== undefined && expiry <= at) {
      close(holding, { kind: 'inferred-lease-expiry', earliest: expiry, latest: expiry, record: undefined });
    } else {
      const kind = settings.ends === 'logged' ? 'inferred-next-alloc' : 'not-logged';
      close(holding, { kind, earliest: lastSeen, latest: atMost(holding, at), record: undefined });
    }
  };
  const atMost = (holding: Holding, at: number): number =>
    settings.ends === 'logged' ? at : Math.min(at, holding.lastSeen + settings.ends.longestMs);

  const settleOrphan = (slot: Slot, next: LogRecord | undefined): 'paired' | 'settled' => {
    const { orphan } = slot;
    if (orphan === undefined) return 'settled';
    slot.orphan = undefined;
    const together =
      next?.event === 'alloc' && next.tDevice === orphan.tDevice && holderOf(next, orphan) === 'same'
        ? next
        : undefined;
    if (together === undefined) fault(orphan, 'release-without-alloc', slot.freeSince);
    const holding = together === undefined ? rebuilt(orphan, heldSince(slot, orphan)) : allocated(together);
    close(holding, { kind: 'observed', earliest: orphan.tDevice, latest: orphan.tDevice, record: orphan });
    slot.freeSince = orphan.tDevice;
    return together === undefined ? 'settled' : 'paired';
  };

  const allocate = (slot: Slot, record: LogRecord): void => {
    const fresh = allocated(record);
    const running = slot.holdings.at(-1);
    if (running !== undefined) {
      const same = holderOf(running.first, record) === 'same';
      const expired = isExpired(running, fresh.startLatest);
      if (same && !expired && (renews(record) || running.lastSeen === fresh.startLatest)) {
        running.lastSeen = Math.max(running.lastSeen, record.tDevice);
        running.expiry = record.tExpiry ?? running.expiry;
        running.last = record;
        return;
      }
      if (!expired && settings.ends === 'logged') fault(record, 'alloc-over-open', running.lastSeen);
      for (const holding of slot.holdings) holding.supersededAt ??= fresh.startLatest;
      const crowded = settings.ends !== 'logged' || slot.holdings.length > mostSuperseded;
      // Who is given the same once more had let go of it: a later release is of the new holding.
      const isOver = (each: Holding): boolean =>
        crowded || isExpired(each, fresh.startLatest) || holderOf(each.first, record) === 'same';
      for (const each of slot.holdings.splice(0)) {
        if (isOver(each)) closeSuperseded(slot, each, each.supersededAt ?? fresh.startLatest);
        else slot.holdings.push(each);
      }
    }
    slot.holdings.push(fresh);
  };

  const interim = (slot: Slot, record: LogRecord): void => {
    const holding = slot.holdings.find((each) => holderOf(each.first, record) === 'same');
    if (holding !== undefined) {
      holding.lastSeen = Math.max(holding.lastSeen, record.tDevice);
      holding.last = record;
      // It goes on although another was given the same: both hold it.
      holding.supersededAt = undefined;
      return;
    }
    fault(record, 'interim-without-alloc', slot.freeSince);
    for (const each of slot.holdings) each.supersededAt ??= record.tStart ?? record.tDevice;
    slot.holdings.push(rebuilt(record, slot.freeSince));
  };

  const release = (slot: Slot, record: LogRecord): void => {
    const at = slot.holdings.findIndex(
      (each) => holderOf(each.first, record) === 'same' && each.startLatest <= record.tDevice,
    );
    if (at < 0) {
      slot.orphan = record;
      return;
    }
    const [holding] = slot.holdings.splice(at, 1) as [Holding];
    close(holding, releaseEnd(holding, record));
    slot.freeSince = record.tDevice;
    // What it had superseded is over for certain, unless its own release is still to come.
    if (slot.holdings.length > 0 && at === slot.holdings.length) {
      for (const each of slot.holdings.splice(0)) closeSuperseded(slot, each, each.supersededAt ?? record.tDevice);
    }
  };

  const restart = (fact: CoverageFact & { kind: 'restart' }): void => {
    for (const group of groups.values()) {
      for (const slot of group.values()) {
        for (let at = slot.holdings.length - 1; at >= 0; at--) {
          const holding = slot.holdings[at]!;
          const { exporter, natInstance } = holding.first;
          if (exporter !== fact.exporter || (fact.natInstance !== undefined && fact.natInstance !== natInstance))
            continue;
          if (holding.startLatest > fact.at) continue;
          slot.holdings.splice(at, 1);
          slot.freeSince = fact.at;
          close(holding, {
            kind: 'inferred-nas-restart',
            earliest: holding.lastSeen,
            latest: fact.at,
            record: undefined,
          });
        }
      }
    }
  };

  /** RFC 8045: a deallocation without a range ends all ports of the customer, on one address or on all. */
  const releaseAll = (record: LogRecord): void => {
    for (const group of groups.values()) {
      for (const slot of group.values()) {
        const [holding] = slot.holdings;
        if (holding?.first.kind !== 'block' || holding.first.exporter !== record.exporter) continue;
        const { outside, inside } = holding.first;
        if (inside.ip4 !== record.inside.ip4 || inside.vrf !== record.inside.vrf) continue;
        if (record.outside !== undefined && record.outside.ip4 !== outside?.ip4) continue;
        release(slot, { ...record, outside, inside });
      }
    }
  };

  const sweep = (): void => {
    if (settings.ends === 'logged') return;
    for (const group of groups.values()) {
      for (const [key, slot] of group) {
        const holding = slot.holdings[0];
        if (holding === undefined || holding.lastSeen + settings.ends.longestMs >= latest) continue;
        for (const each of slot.holdings.splice(0)) closeSuperseded(slot, each, Number.MAX_SAFE_INTEGER);
        group.delete(key);
      }
    }
  };

  const addRecord = (record: LogRecord): void => {
    // A line that was delivered twice says nothing twice.
    if (previous?.tDevice === record.tDevice && compareRecords(previous, record) === 0) return;
    previous = record;
    latest = Math.max(latest, record.tDevice);
    if (++records % sweepEvery === 0) sweep();
    if (isRangeless(record)) {
      releaseAll(record);
      return;
    }
    const { slot, group, key } = slotOf(record);
    if (settleOrphan(slot, record) === 'paired') return;
    if (record.event === 'release') release(slot, record);
    else if (record.event === 'interim') interim(slot, record);
    else allocate(slot, record);
    // Ports of sessions are too many to remember since when each was free.
    if (record.kind === 'session' && slot.holdings.length === 0 && slot.orphan === undefined) group.delete(key);
  };

  return {
    add: (item) => {
      if ('raw' in item) addRecord(item);
      else {
        if (item.kind === 'restart') restart(item);
        facts.push(item);
      }
    },
    end: () => {
      for (const group of groups.values()) {
        for (const slot of group.values()) {
          settleOrphan(slot, undefined);
          for (const holding of slot.holdings.splice(0)) {
            const { supersededAt, expiry, lastSeen } = holding;
            const over = supersededAt ?? (expiry !== undefined && expiry <= latest ? latest : undefined);
            if (over !== undefined) closeSuperseded(slot, holding, over);
            else if (settings.ends === 'logged') {
              close(holding, { kind: 'open', earliest: lastSeen, latest: expiry, record: undefined });
            } else closeSuperseded(slot, holding, Number.MAX_SAFE_INTEGER);
          }
        }
      }
      groups.clear();
    },
    state: () => ({ groups, records, latest, previous }),
    take: () => {
      const paired = { intervals, facts };
      intervals = [];
      facts = [];
      return paired;
    },
  };
};

/** A release by one who was presumed gone: it may have held all along, beside whoever came after. */
const heldSince = ({ presumedOver, freeSince }: Slot, orphan: LogRecord): number | undefined => {
  const at = presumedOver.findIndex((each) => holderOf(each.first, orphan) === 'same');
  if (at < 0) return freeSince;
  const [holding] = presumedOver.splice(at, 1) as [Holding];
  return Math.min(holding.startLatest, freeSince ?? holding.startLatest);
};

const isRangeless = (record: LogRecord): boolean =>
  record.kind === 'block' &&
  record.event === 'release' &&
  (record.outside === undefined || (record.outside.portFirst === 0 && record.outside.portLast === 65_535));

const isExpired = (holding: Holding, at: number): boolean => holding.expiry !== undefined && holding.expiry < at;

/** DHCP acknowledges again and RADIUS repeats a Start: the same holder goes on. A NAT gives ports out once. */
const renews = (record: LogRecord): boolean => record.outside === undefined || record.event === 'snapshot';

const releaseEnd = (holding: Holding, record: LogRecord): HoldingEnd => {
  const at = record.tDevice;
  if (record.qualifiers.includes('END_INFERRED_NAS_RESTART')) {
    return { kind: 'inferred-nas-restart', earliest: holding.lastSeen, latest: at, record };
  }
  if (record.qualifiers.includes('END_INFERRED_LEASE_EXPIRY')) {
    return { kind: 'inferred-lease-expiry', earliest: Math.max(at, holding.lastSeen), latest: holding.expiry, record };
  }
  // A release that comes after the lease ran out tells nothing new of when it ended.
  if (holding.expiry !== undefined && holding.expiry < at) {
    return { kind: 'inferred-lease-expiry', earliest: holding.expiry, latest: holding.expiry, record };
  }
  return { kind: 'observed', earliest: at, latest: at, record };
};
