import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Holding, KeyKind } from './holding.js';
import { openRunCache } from './run-cache.js';
import { openSegmentBuilder, type SegmentBuild } from './segment-builder.js';
import { openSegment } from './segment-reader.js';
import { anyHolding, day, dayStart, plainFacts, plainMark, tag } from './synthetic-holdings.test-support.js';
import { type SegmentQuestion, touching } from './touching.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-segment-'));
afterAll(() => rmSync(folder, { recursive: true }));

let builds = 0;
const fresh = (keys: KeyKind, more: Partial<SegmentBuild> = {}): SegmentBuild => {
  const name = String(builds++);
  const target = path.join(folder, `${name}.seg`);
  return { work: path.join(folder, `${name}.work`), target, keys, destinations: 'kept', period: day, ...more };
};
const built = (keys: KeyKind, holdings: readonly Holding[], more: Partial<SegmentBuild> = {}) => {
  const builder = openSegmentBuilder(fresh(keys, more));
  for (const holding of holdings) builder.add(holding);
  return builder.finish(plainFacts);
};

/** The model: every holding looked at, one after another. */
const bruteForce = (holdings: readonly Holding[], question: SegmentQuestion): readonly string[] =>
  [
    ...new Set(
      holdings
        .filter(
          ({ key, proto, portFirst, portLast, from, to, destination }) =>
            sameKey(key, question.key) &&
            (question.proto === undefined || proto === '*' || proto === question.proto) &&
            (question.port === undefined || (portFirst <= question.port && question.port <= portLast)) &&
            (question.destination === undefined || destination === undefined || destination === question.destination) &&
            from <= question.to &&
            to >= question.from,
        )
        .map(({ holder, from, to, destination, mark }) => JSON.stringify([holder, from, to, destination, mark])),
    ),
  ].sort();
const sameKey = (one: Holding['key'], other: Holding['key']): boolean =>
  one.kind === 'ipv4'
    ? other.kind === 'ipv4' && one.value === other.value
    : one.kind === 'tag' && other.kind === 'tag' && one.tag === other.tag;

describe('a segment', () => {
  const kinds = fc.constantFrom<KeyKind>('ipv4', 'tag');

  test('finds what looking at every holding finds, from disk, from a cache and resident', () => {
    const cache = openRunCache(1);
    const property = fc.property(
      kinds.chain((kind) => fc.array(anyHolding(kind, 'kept'), { minLength: 1, maxLength: 60 })),
      fc.array(
        fc.record({
          whose: fc.nat(),
          proto: fc.constantFrom(undefined, 6, 17),
          port: fc.option(fc.nat({ max: 45 }), { nil: undefined }),
          destination: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
          from: fc.nat({ max: 90_000 }),
          length: fc.nat({ max: 20_000 }),
        }),
        { maxLength: 8 },
      ),
      (holdings, questions) => {
        const written = built(holdings[0]!.key.kind, holdings, { rowsPerChunk: 7 });
        const segments = [
          openSegment(written.path),
          openSegment(written.path, { cache }),
          openSegment(written.path, { records: 'resident' }),
        ];
        for (const { whose, from, length, destination, ...rest } of questions) {
          const question = {
            ...rest,
            key: holdings[whose % holdings.length]!.key,
            destination: destination === undefined ? undefined : tag(0xd000 + destination),
            from: dayStart + from,
            to: dayStart + from + length,
          };
          for (const segment of segments) {
            const found = touching(segment, question).hits.map(({ holder, from, to, destination, mark }) =>
              JSON.stringify([
                segment.holder(holder),
                from,
                to,
                destination < 0 ? undefined : segment.destination(destination),
                orderedMark(mark),
              ]),
            );
            expect([...new Set(found)].sort()).toEqual(bruteForce(holdings.map(normal), question));
          }
        }
        for (const segment of segments) segment.close();
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  test('the same holdings in any order, with duplicates, are the same bytes', () => {
    const property = fc.property(
      fc.constantFrom<KeyKind>('ipv4', 'ipv6', 'tag').chain((kind) =>
        fc.array(anyHolding(kind, 'kept'), { minLength: 1, maxLength: 40 }).chain((holdings) =>
          fc.record({
            holdings: fc.constant(holdings),
            shuffled: fc.shuffledSubarray([...holdings, ...holdings], {
              minLength: 2 * holdings.length,
            }),
            rowsPerChunk: fc.integer({ min: 1, max: 30 }),
          }),
        ),
      ),
      ({ holdings, shuffled, rowsPerChunk }) => {
        const keys = holdings[0]!.key.kind;
        const one = built(keys, holdings);
        const other = built(keys, shuffled, { rowsPerChunk });
        expect(other.sha256).toBe(one.sha256);
        expect(readFileSync(other.path).equals(readFileSync(one.path))).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });

  test('goes on after it was cut off, and becomes the same bytes', () => {
    const holdings = fc.sample(anyHolding('ipv4', 'kept'), { numRuns: 100, seed: 5 });
    const whole = built('ipv4', holdings);
    const build = fresh('ipv4', { rowsPerChunk: 16 });
    const first = openSegmentBuilder(build);
    for (const holding of holdings.slice(0, 40)) first.add(holding);
    first.checkpoint({ offset: 40 });
    for (const holding of holdings.slice(40, 77)) first.add(holding);

    const second = openSegmentBuilder(build);
    expect(second.cursor).toEqual({ offset: 40 });
    for (const holding of holdings.slice(38)) second.add(holding);
    expect(second.finish(plainFacts).sha256).toBe(whole.sha256);
  });

  test('takes at most 16 bytes a record with its directory and holders', () => {
    const holdings = Array.from({ length: 20_000 }, (_, number) => ({
      key: { kind: 'ipv4', value: 0xcb007100 + (number % 10) } as const,
      proto: '*' as const,
      portFirst: 1024 + 256 * (Math.floor(number / 10) % 25),
      portLast: 1279 + 256 * (Math.floor(number / 10) % 25),
      from: dayStart + Math.floor(number / 250) * 1_000_003,
      to: dayStart + Math.floor(number / 250) * 1_000_003 + 900_001,
      holder: tag(number % 500),
      destination: undefined,
      mark: plainMark,
    }));
    const written = built('ipv4', holdings, { destinations: 'discarded' });
    expect(written.records).toBe(20_000);
    expect(written.bytes / written.records).toBeLessThanOrEqual(16);
  });

  test('with a byte changed, cut or added is refused', () => {
    const written = built('ipv4', fc.sample(anyHolding('ipv4', 'kept'), { numRuns: 8, seed: 6 }));
    const bytes = readFileSync(written.path);
    const target = path.join(folder, 'damaged.seg');
    const opening = (content: Uint8Array) => () => {
      writeFileSync(target, content);
      openSegment(target);
    };
    const step = process.env.TUTELA_LONG === '1' ? 1 : 7;
    for (let at = 0; at < bytes.length; at += step) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      expect(opening(changed), `byte ${at}`).toThrow(expect.objectContaining({ code: 'damaged-segment' }));
    }
    expect(opening(bytes.subarray(0, -1))).toThrow(expect.objectContaining({ code: 'damaged-segment' }));
    expect(opening(Buffer.concat([bytes, bytes]))).toThrow(expect.objectContaining({ code: 'damaged-segment' }));
    expect(opening(bytes)).not.toThrow();
  });

  test('is refused when it is not the one that was recorded', () => {
    const written = built('tag', fc.sample(anyHolding('tag', 'kept'), { numRuns: 3, seed: 7 }));
    const open = () => openSegment(written.path, { sha256: '00'.repeat(32) });
    expect(open).toThrow(expect.objectContaining({ code: 'damaged-segment' }));
  });

  test('reads one run and no other for a question with a port', () => {
    const holdings = [1024, 1280, 1536].map((portFirst, place) => ({
      key: { kind: 'ipv4', value: 1 } as const,
      proto: '*' as const,
      portFirst,
      portLast: portFirst + 255,
      from: dayStart,
      to: dayStart + 1000,
      holder: tag(place),
      destination: undefined,
      mark: plainMark,
    }));
    const segment = openSegment(built('ipv4', holdings).path);
    const asked = { key: { kind: 'ipv4', value: 1 }, proto: 6, port: 1300, destination: undefined } as const;
    const found = touching(segment, { ...asked, from: dayStart + 5, to: dayStart + 6 });
    expect(found.hits.map(({ holder }) => segment.holder(holder))).toEqual([tag(1)]);
    expect(found.reads).toEqual([{ segment: segment.sha256, offset: expect.any(Number) as number, records: 1 }]);
    expect(found.load).toEqual({ holdings: 3, runs: 3, holders: 3 });
    segment.close();
  });

  test('answers an IPv6 address by its longest prefix, and by shorter ones where that was not held throughout', () => {
    const at = (length: number, from: number, to: number, holder: number): Holding => ({
      key: { kind: 'ipv6', prefix: { version: 6, value: 0x20010db8n << 96n, length } },
      proto: '*',
      portFirst: 0,
      portLast: 0xffff,
      from: dayStart + from,
      to: dayStart + to,
      holder: tag(holder),
      destination: undefined,
      mark: plainMark,
    });
    const segment = openSegment(built('ipv6', [at(48, 0, 9000, 1), at(56, 1000, 2000, 2), at(64, 5000, 6000, 3)]).path);
    const address = { version: 6 as const, value: (0x20010db8n << 96n) | 77n, length: 128 };
    const ask = (from: number, to: number) =>
      touching(segment, {
        key: { kind: 'ipv6', prefix: address },
        proto: 6,
        port: 443,
        destination: undefined,
        from: dayStart + from,
        to: dayStart + to,
      }).hits.map(({ holder }) => segment.holder(holder));
    expect(ask(1200, 1300)).toEqual([tag(2)]);
    expect(ask(5200, 5300)).toEqual([tag(3)]);
    expect(ask(4990, 5300)).toEqual([tag(3), tag(1)]);
    expect(ask(8000, 8001)).toEqual([tag(1)]);
    segment.close();
  });
});

const orderedMark = (mark: Holding['mark']): Holding['mark'] => ({
  certainty: mark.certainty,
  start: mark.start,
  end: mark.end,
  reach: mark.reach,
  precisionMs: mark.precisionMs,
  qualifiers: mark.qualifiers,
});
const normal = (holding: Holding): Holding => ({ ...holding, mark: orderedMark(holding.mark) });
