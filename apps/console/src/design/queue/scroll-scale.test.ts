import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaHeight, furthest, positionOf, type ScrollScale, topAfter, topAt, topShowing } from './scroll-scale.js';

const scales = fc.record({
  rows: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.constantFrom(24, 32, 40),
  seen: fc.integer({ min: 50, max: 2000 }),
});
const millions: ScrollScale = { rows: 3_000_000, rowHeight: 32, seen: 800 };

test('the area is never taller than every browser allows', () => {
  fc.assert(
    fc.property(scales, (scale) => {
      expect(areaHeight(scale)).toBeLessThanOrEqual(16_000_000);
    }),
  );
});

test('the end of the scroll bar is the last row, its beginning the first', () => {
  fc.assert(
    fc.property(scales, (scale) => {
      const end = areaHeight(scale) - scale.seen;
      expect(topAt(scale, 0)).toBe(0);
      expect(topAt(scale, end) + scale.seen / scale.rowHeight).toBeCloseTo(
        Math.max(scale.rows, scale.seen / scale.rowHeight),
        5,
      );
    }),
  );
});

test('a position stands for the row it was made for', () => {
  fc.assert(
    fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
      const top = share * furthest(scale);
      expect(topAt(scale, positionOf(scale, top))).toBeCloseTo(top, 3);
    }),
  );
});

test('a short way moves row by row even where a pixel stands for many', () => {
  expect(topAfter(millions, 1000, 5000, 5064)).toBeCloseTo(1002, 6);
  expect(topAfter(millions, 1000, 5000, 4936)).toBeCloseTo(998, 6);
});

test('a long way goes where the bar is', () => {
  const middle = (areaHeight(millions) - millions.seen) / 2;
  expect(topAfter(millions, 0, 0, middle)).toBeCloseTo(furthest(millions) / 2, 3);
});

test('whichever row is chosen is seen whole', () => {
  fc.assert(
    fc.property(scales, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (scale, any, share) => {
      const rank = any % scale.rows;
      const shown = topShowing(scale, share * furthest(scale), rank);
      const whole = scale.seen / scale.rowHeight;
      fc.pre(whole >= 1);
      expect(shown).toBeLessThanOrEqual(rank);
      expect(rank + 1).toBeLessThanOrEqual(shown + whole + 1e-6);
    }),
  );
});
