import fc from 'fast-check';
import type { Holding, HoldingKey, HoldingMark, KeyKind, OpaqueTag } from './holding.js';
import type { SegmentFacts } from './segment-header.js';

export const dayStart = Date.parse('2026-03-02T00:00:00Z');
export const day = { from: dayStart, to: dayStart + 86_400_000 - 1 } as const;

export const tag = (number: number): OpaqueTag => number.toString(16).padStart(32, '0') as OpaqueTag;

export const plainMark: HoldingMark = {
  certainty: 'certain',
  start: 'observed',
  end: 'observed',
  reach: 'inside',
  precisionMs: 0,
  qualifiers: [],
};

export const plainFacts: SegmentFacts = {
  exporter: 'cgn1',
  inputs: [{ sha256: 'ab'.repeat(32), bytes: 1000 }],
  parsers: ['synthetic@1'],
  tzVersion: '2025b',
  clockErrorMs: 0,
  ports: 'one-holder',
  inbound: 'logged',
  evidence: 'lossless',
  opening: 'carried',
  received: [day],
  coverage: [],
};

const anyMark: fc.Arbitrary<HoldingMark> = fc.record({
  certainty: fc.constantFrom('certain', 'possible'),
  start: fc.constantFrom('observed', 'inferred-interim', 'unknown'),
  end: fc.constantFrom('observed', 'inferred-next-alloc', 'open'),
  reach: fc.constant('inside'),
  precisionMs: fc.constantFrom(0, 1000),
  qualifiers: fc.constantFrom([], ['YEAR_INFERRED' as const]),
});

const anyKey = (kind: KeyKind): fc.Arbitrary<HoldingKey> => {
  const few = fc.nat({ max: 3 });
  if (kind === 'ipv4') return few.map((number) => ({ kind, value: 0xcb007100 + number }));
  if (kind === 'tag') return few.map((number) => ({ kind, tag: tag(0xa000 + number) }));
  return fc
    .tuple(fc.nat({ max: 3 }), fc.constantFrom(48, 56, 64))
    .map(([number, length]) => ({ kind, prefix: { version: 6, value: prefixOf(number, length), length } }));
};
/** 2001:db8::/48 and its first subnets. */
const prefixOf = (number: number, length: number): bigint =>
  (0x20010db8n << 96n) | (length === 48 ? 0n : BigInt(number) << (length === 56 ? 72n : 64n));

/** Holdings crowded onto few keys, ports and moments, so that they overlap and tie. */
export const anyHolding = (kind: KeyKind, destinations: 'kept' | 'discarded'): fc.Arbitrary<Holding> =>
  fc
    .record({
      key: anyKey(kind),
      proto: fc.constantFrom('*' as const, 6 as const, 17 as const),
      portFirst: fc.nat({ max: 30 }),
      ports: fc.nat({ max: 12 }),
      from: fc.nat({ max: 60 }),
      length: fc.nat({ max: 25 }),
      unit: fc.constantFrom(1000, 977),
      holder: fc.nat({ max: 5 }),
      destination: destinations === 'kept' ? fc.option(fc.nat({ max: 3 }), { nil: undefined }) : fc.constant(undefined),
      mark: anyMark,
    })
    .map(({ ports, length, unit, holder, destination, ...rest }) => ({
      ...rest,
      portLast: rest.portFirst + ports,
      from: dayStart + rest.from * unit,
      to: dayStart + (rest.from + length) * unit,
      holder: tag(0xb000 + holder),
      destination: destination === undefined ? undefined : tag(0xd000 + destination),
    }));
