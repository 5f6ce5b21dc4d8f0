import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CoverageFact } from '../record/coverage-fact.js';
import { type CoverageFacts, openCoverage } from './coverage.js';

const day = 86_400_000;
const log = (coverage: readonly CoverageFact[], more: Partial<CoverageFacts> = {}): CoverageFacts => ({
  evidence: 'sequence',
  received: [{ from: 0, to: 3 * day }],
  coverage,
  ...more,
});
const over = (facts: CoverageFacts, from: number, to: number) => openCoverage([facts]).over({ from, to });
const gap = (from: number, to: number) =>
  ({ kind: 'sequence-gap', exporter: 'cgn1', from, to, missing: 1 }) as const satisfies CoverageFact;

describe('coverage', () => {
  test('is proven where input was received, losses would show and none did', () => {
    expect(over(log([]), 5, day)).toEqual({ kind: 'proven' });
    expect(over(log([], { evidence: 'none' }), 5, day)).toEqual({ kind: 'not-evidenced' });
    expect(over(log([], { received: [{ from: 10, to: 20 }] }), 5, 15)).toEqual({
      kind: 'gap',
      gaps: [{ from: 5, to: 9, cause: 'not-received' }],
    });
  });

  test('has a gap exactly where some moment is missing', () => {
    const spans = fc.array(
      fc.tuple(fc.nat({ max: 90 }), fc.nat({ max: 9 })).map(([from, length]) => ({ from, to: from + length })),
      { maxLength: 6 },
    );
    const property = fc.property(
      spans,
      spans,
      fc.nat({ max: 90 }),
      fc.nat({ max: 20 }),
      (lost, received, from, length) => {
        const facts = log(
          lost.map((span) => gap(span.from, span.to)),
          { received },
        );
        const moments = Array.from({ length: length + 1 }, (_, place) => from + place);
        const within = (span: { from: number; to: number }) => (at: number) => at >= span.from && at <= span.to;
        const missing = moments.some(
          (at) => lost.some((span) => within(span)(at)) || !received.some((span) => within(span)(at)),
        );
        expect(over(facts, from, from + length).kind).toBe(missing ? 'gap' : 'proven');
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('is not taken for granted two minutes around a restart', () => {
    const restart = {
      kind: 'restart',
      exporter: 'cgn1',
      natInstance: undefined,
      at: day,
      cause: 'device-restart',
    } as const;
    expect(over(log([restart]), day + 100_000, day + 110_000).kind).toBe('gap');
    expect(over(log([restart]), day + 130_000, day + 140_000).kind).toBe('proven');
  });

  test('is lost for a day around events that do not fit, unless a known gap explains them', () => {
    const fault = {
      kind: 'pairing-fault',
      exporter: 'cgn1',
      natInstance: 'a',
      fault: 'alloc-over-open',
      since: 1.2 * day,
      at: 1.5 * day,
    } as const;
    expect(over(log([fault]), 0.9 * day, 0.95 * day)).toMatchObject({
      gaps: [{ cause: 'unexplained-pairing-fault' }],
    });
    expect(over(log([fault]), 0.1 * day, 0.2 * day).kind).toBe('proven');
    expect(over(log([fault, gap(1.3 * day, 1.31 * day)]), 0.9 * day, 0.95 * day).kind).toBe('proven');
    expect(over(log([fault, gap(0.5 * day, 0.6 * day)]), 0.9 * day, 0.95 * day).kind).toBe('gap');
  });

  test('is not touched by exhaustion or counts', () => {
    const exhausted = { kind: 'exhaustion', exporter: 'cgn1', natInstance: 'a', at: 50 } as const;
    expect(over(log([exhausted]), 40, 60).kind).toBe('proven');
  });
});
