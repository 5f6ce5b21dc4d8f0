import { expect, test } from 'vitest';
import { segmentSource } from '../look-up/segment-source.js';
import type { LeaseInterval } from '../record/interval.js';
import { openPairing } from '../record/pairing.js';
import type { OpaqueTag } from '../segment/holding.js';
import { dayOf, holdingsOf } from '../segment/lease-holdings.js';
import { openSegment } from '../segment/segment-reader.js';
import { tag } from '../segment/synthetic-holdings.test-support.js';
import { evaluate } from './evaluate.js';
import type { AnswerOutcome } from './outcome.js';
import { release } from './release.js';
import { order, pool, tags, writeTestSegment } from './small-provider.test-support.js';
import {
  type NatParameters,
  observationOf,
  randomOf,
  type SyntheticNat,
  syntheticNat,
  type TrueLease,
} from './synthetic-nat.test-support.js';

const wanted = process.env.TUTELA_LONG === '1' ? 1_000_000 : 20_000;
const eachNat = process.env.TUTELA_LONG === '1' ? 10_000 : 2000;

/** Subscriber 7 is tag 8: no tag is all zeros. */
const tagOf = (subscriber: number): OpaqueTag => tag(subscriber + 1);

const parametersOf = (seed: number): NatParameters => ({
  days: 3,
  addresses: 3,
  blocks: 5,
  subscribers: 40,
  meanLeaseMs: 7_200_000,
  meanIdleMs: 600_000,
  overlaps: seed % 3 === 0 ? 0.05 : 0,
  unsentReleases: seed % 4 === 0 ? 0.03 : 0,
  lostBurstsADay: seed % 2 === 0 ? 4 : 0.4,
  resetsADay: seed % 5 === 0 ? 2 : 0,
  skewMs: [0, 1500, 5000][seed % 3]!,
  precisionMs: seed % 2 === 0 ? 1 : 1000,
});

const sourceOf = (nat: SyntheticNat, skewMs: number) => {
  const pairing = openPairing({ heartbeatMs: undefined, ends: 'logged' });
  const items = [...nat.records, ...nat.facts.filter(({ kind }) => kind === 'restart')];
  const timeOf = (item: (typeof items)[number]): number =>
    'tDevice' in item ? item.tDevice : 'at' in item ? item.at : 0;
  // A restart is known by the first message after it; in one moment ends come first.
  const rank = (item: (typeof items)[number]): number => ('tDevice' in item ? (item.event === 'release' ? 1 : 2) : 0);
  items.sort((one, other) => timeOf(one) - timeOf(other) || rank(one) - rank(other));
  for (const item of items) pairing.add(item);
  pairing.end();
  const { intervals, facts } = pairing.take();
  const coverage = [...facts, ...nat.facts.filter(({ kind }) => kind === 'sequence-gap')];
  const segments = [];
  for (let at = nat.from; at <= nat.to; at += 86_400_000) {
    const period = dayOf(at);
    const rules = {
      period,
      keyOf: ({ outside }: LeaseInterval) => ({ kind: 'ipv4', value: outside!.ip4 }) as const,
      holderOf: ({ inside }: LeaseInterval) => tagOf(inside.ip4! - 0x64400000),
    };
    const facts = {
      coverage,
      clockErrorMs: skewMs,
      evidence: 'sequence',
      received: [{ from: nat.from, to: nat.to }],
    } as const;
    const written = writeTestSegment(
      intervals.flatMap((interval) => holdingsOf(interval, rules)),
      facts,
      { period },
    );
    segments.push(openSegment(written.path, { records: 'resident' }));
  }
  return { source: segmentSource({ name: 'cgn1', segments, pools: [pool], tags }), segments };
};

const holdersAt = (truth: readonly TrueLease[], ip: number, port: number, at: number): readonly OpaqueTag[] => [
  ...new Set(
    truth
      .filter((lease) => lease.ip === ip && lease.portFirst <= port && port < lease.portFirst + 256)
      .filter(({ from, to }) => from <= at && at < to)
      .map(({ subscriber }) => tagOf(subscriber)),
  ),
];

test('names no wrong person, and proves nobody where somebody was, through gaps, resets, skew, overlaps and lost releases', {
  timeout: 1_800_000,
}, () => {
  const told = new Map<AnswerOutcome, number>();
  const wrong: unknown[] = [];
  let qualifiedWrong = 0;
  for (let seed = 1; seed <= wanted / eachNat; seed++) {
    const parameters = parametersOf(seed);
    const nat = syntheticNat(seed, parameters);
    const random = randomOf(seed + 1_000_000);
    const { source, segments } = sourceOf(nat, parameters.skewMs);
    for (let question = 0; question < eachNat; question++) {
      const ip = pool.value + Math.floor(random() * parameters.addresses);
      const port = 1024 + Math.floor(random() * parameters.blocks * 256);
      const at = Math.floor(nat.from + 120_000 + random() * (nat.to - nat.from - 240_000));
      const observation = observationOf(random, ip, port, at);
      const evaluation = evaluate(observation, { outside: [source], steps: [] });
      const { outcome } = evaluation;
      told.set(outcome, (told.get(outcome) ?? 0) + 1);
      const truly = holdersAt(nat.truth, ip, port, at);
      const released = release(evaluation, { ...order, qualified: 'withheld' }, undefined);
      const named = 'subscriber' in released ? released.subscriber : 'withheld';
      const isWrong =
        outcome === 'NONE_PROVEN'
          ? truly.length > 0
          : named !== 'withheld' && !(truly.length === 1 && truly[0] === named);
      if (isWrong) wrong.push({ seed, ip, port, at, outcome, named, truly });

      if (outcome === 'ONE_QUALIFIED') {
        const under = release(evaluation, order, undefined);
        if ('subscriber' in under && !truly.includes(under.subscriber as OpaqueTag)) qualifiedWrong++;
      }
    }
    for (const segment of segments) segment.close();
  }
  if (process.env.TUTELA_LONG === '1') {
    process.stdout.write(
      `${wanted} questions: ${JSON.stringify(Object.fromEntries(told))}, wrong persons ${wrong.length}, `,
    );
    process.stdout.write(`of the qualified answers (withheld) ${qualifiedWrong} would have been another\n`);
  }
  expect(wrong).toEqual([]);
  for (const outcome of ['EXACT_ONE', 'ONE_QUALIFIED', 'N_CANDIDATES', 'NONE_PROVEN', 'NONE_UNKNOWN'] as const) {
    expect(told.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
});
