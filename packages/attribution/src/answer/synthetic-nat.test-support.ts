import { ipv4Address } from '../observation/ipv4.js';
import type { Observation } from '../observation/observation.js';
import type { CoverageFact } from '../record/coverage-fact.js';
import type { LogRecord } from '../record/log-record.js';

/** A NAT with port blocks whose truth is known: who held what, what it logged of that, and what of the log arrived. */
export interface SyntheticNat {
  readonly truth: readonly TrueLease[];
  readonly records: readonly LogRecord[];
  readonly facts: readonly CoverageFact[];
  readonly from: number;
  readonly to: number;
}

export interface TrueLease {
  readonly subscriber: number;
  readonly ip: number;
  readonly portFirst: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Rates are per lease or per day; times in milliseconds. */
export interface NatParameters {
  readonly days: number;
  readonly addresses: number;
  readonly blocks: number;
  readonly subscribers: number;
  readonly meanLeaseMs: number;
  readonly meanIdleMs: number;
  readonly overlaps: number;
  readonly unsentReleases: number;
  readonly lostBurstsADay: number;
  readonly resetsADay: number;
  readonly skewMs: number;
  readonly precisionMs: number;
}

const blockPorts = 256;
export const natStart = Date.parse('2026-03-01T00:00:00Z');
const dayMs = 86_400_000;
const firstAddress = 0xcb007100;

export const randomOf = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Message {
  readonly at: number;
  readonly event: 'alloc' | 'release' | 'reset';
  readonly lease: TrueLease | undefined;
}

export const syntheticNat = (seed: number, parameters: NatParameters): SyntheticNat => {
  const random = randomOf(seed);
  const period = { from: natStart, to: natStart + parameters.days * dayMs };
  const resets = moments(random, parameters.resetsADay, period);
  const { truth, messages } = lived(random, parameters, period, resets);
  const bursts = moments(random, parameters.lostBurstsADay, period).map((from) => ({
    from,
    to: from + random() * 1_800_000,
  }));
  const arrived = messages.map(({ at }) => !bursts.some((burst) => at >= burst.from && at <= burst.to));
  return { truth, ...logged(messages, arrived, parameters), from: period.from, to: period.to - 1 };
};

const moments = (random: () => number, aDay: number, { from, to }: { from: number; to: number }): readonly number[] =>
  Array.from({ length: Math.round((aDay * (to - from)) / dayMs) }, () =>
    Math.floor(from + random() * (to - from)),
  ).sort((one, other) => one - other);

const exponential = (random: () => number, mean: number): number =>
  Math.max(1, Math.ceil(-mean * Math.log(1 - random())));

const lived = (
  random: () => number,
  parameters: NatParameters,
  period: { readonly from: number; readonly to: number },
  resets: readonly number[],
) => {
  const truth: TrueLease[] = [];
  const messages: Message[] = resets.map((at) => ({ at, event: 'reset', lease: undefined }));
  const live = (place: Pick<TrueLease, 'ip' | 'portFirst'>, from: number, length: number): number => {
    const reset = resets.find((at) => at > from && at <= from + length);
    const to = Math.min(reset ?? from + length, period.to);
    const lease = { ...place, subscriber: Math.floor(random() * parameters.subscribers), from, to };
    truth.push(lease);
    messages.push({ at: from, event: 'alloc', lease });
    const released = reset === undefined && to < period.to && random() >= parameters.unsentReleases;
    if (released) messages.push({ at: to, event: 'release', lease });
    return to;
  };
  for (let address = 0; address < parameters.addresses; address++) {
    for (let block = 0; block < parameters.blocks; block++) {
      const place = { ip: firstAddress + address, portFirst: 1024 + block * blockPorts };
      let at = period.from + exponential(random, parameters.meanIdleMs);
      while (at < period.to) {
        const end = live(place, at, exponential(random, parameters.meanLeaseMs));
        if (random() < parameters.overlaps) {
          const within = Math.floor(at + random() * (end - at));
          live(place, within, exponential(random, parameters.meanLeaseMs / 2));
        }
        at = end + exponential(random, parameters.meanIdleMs);
      }
    }
  }
  const order = { release: 0, reset: 1, alloc: 2 } as const;
  messages.sort((one, other) => one.at - other.at || order[one.event] - order[other.event]);
  return { truth, messages };
};

/** The device numbers its messages from zero at each reset; its clock swings slowly around the truth. */
const logged = (messages: readonly Message[], arrived: readonly boolean[], { skewMs, precisionMs }: NatParameters) => {
  const stamp = (at: number): number => {
    const skewed = Math.floor(at + skewMs * Math.sin(at / 40_000_000));
    return Math.floor(skewed / precisionMs) * precisionMs;
  };
  const records: LogRecord[] = [];
  const facts: CoverageFact[] = [];
  let number = 0;
  let expected = 0;
  let last = stamp(natStart);
  let restarted: 'no' | 'unseen' = 'no';
  for (const [place, { at, event, lease }] of messages.entries()) {
    if (event === 'reset') {
      number = 0;
      restarted = 'unseen';
      continue;
    }
    const mine = number++;
    if (arrived[place] !== true || lease === undefined) continue;
    const tDevice = stamp(at);
    if (restarted === 'unseen') {
      // Whatever was sent last before the reset may be lost as well; its number went with it.
      facts.push({ kind: 'sequence-gap', exporter: 'cgn1', from: last, to: tDevice, missing: mine });
      facts.push({ kind: 'restart', exporter: 'cgn1', natInstance: undefined, at: tDevice, cause: 'sequence-reset' });
      restarted = 'no';
    } else if (mine !== expected) {
      facts.push({ kind: 'sequence-gap', exporter: 'cgn1', from: last, to: tDevice, missing: mine - expected });
    }
    expected = mine + 1;
    last = tDevice;
    records.push(recordOf(event, lease, tDevice, precisionMs, place));
  }
  facts.push({ kind: 'sequence-gap', exporter: 'cgn1', from: last, to: Number.MAX_SAFE_INTEGER, missing: 0 });
  return { records, facts };
};

const recordOf = (
  event: 'alloc' | 'release',
  { subscriber, ip, portFirst }: TrueLease,
  tDevice: number,
  precisionMs: number,
  line: number,
): LogRecord => ({
  exporter: 'cgn1',
  natInstance: 'cgn1',
  kind: 'block',
  event,
  proto: '*',
  inside: { ip4: 0x64400000 + subscriber, ip6: undefined, vrf: undefined, tunnel: undefined },
  outside: { ip4: ip, portFirst, portLast: portFirst + blockPorts - 1, prefix: undefined },
  dest: undefined,
  tDevice,
  tReceived: undefined,
  tzSource: 'epoch',
  precisionMs,
  tStart: undefined,
  tExpiry: undefined,
  subscriber: undefined,
  qualifiers: [],
  raw: { offset: 0, length: 0, line },
  parser: 'synthetic@1',
});

/** Somebody saw an address and port at a moment of the truth, by a clock that errs no more than it says. */
export const observationOf = (random: () => number, ip: number, port: number, at: number): Observation => {
  const errorMs = [200, 2000, 60_000][Math.floor(random() * 3)]!;
  const precisionMs = random() < 0.5 ? 1 : 1000;
  const stamped = Math.floor(Math.round(at + (2 * random() - 1) * errorMs) / precisionMs) * precisionMs;
  const moment = {
    at: stamped,
    precisionMs,
    provenance: { text: '', source: 'utc', zone: 'UTC', tzVersion: '2025b' },
  } as const;
  return {
    ip: ipv4Address(ip),
    port,
    proto: 6,
    dest: undefined,
    from: moment,
    to: moment,
    clock: { errorMs, syncedTo: 'ntp', offsetMs: 0 },
    role: 'connection-source',
    contact: undefined,
    sourceDocument: 'cd'.repeat(32),
    entry: 'electronic',
    qualifiers: [],
  };
};
