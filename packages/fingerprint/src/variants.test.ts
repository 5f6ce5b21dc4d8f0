import { toHex } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pattern } from './pattern.js';
import { pdq } from './pdq.js';
import type { Pixels } from './pixels.js';
import { pdqVariants, turned, type Variant, variants } from './variants.js';

/** Two columns, one row: red at the left, blue at the right. */
const redBlue: Pixels = { width: 2, height: 1, rgb: Uint8Array.of(255, 0, 0, 0, 0, 255) };
const inverse: Readonly<Record<Variant, Variant>> = {
  original: 'original',
  rotate90: 'rotate270',
  rotate180: 'rotate180',
  rotate270: 'rotate90',
  mirror: 'mirror',
  flip: 'flip',
  transpose: 'transpose',
  transverse: 'transverse',
};

describe('turning a picture', () => {
  it('turns clockwise: what was left is on top after 90 degrees', () => {
    expect(turned(redBlue, 'rotate90')).toEqual({ ...redBlue, width: 1, height: 2 });
    expect(turned(redBlue, 'rotate270').rgb[2]).toBe(255);
    expect(turned(redBlue, 'mirror').rgb[2]).toBe(255);
    expect(turned(redBlue, 'flip')).toEqual(redBlue);
  });

  it('is undone by the inverse turn, and every turn is two mirrorings', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, fc.constantFrom(...variants), (width, height, variant) => {
        const picture = pattern({ pattern: 'noise', width, height, channels: 3 });
        expect(turned(turned(picture, variant), inverse[variant])).toEqual(picture);
        expect(turned(picture, 'rotate90')).toEqual(turned(turned(picture, 'flip'), 'transpose'));
        expect(turned(picture, 'transverse')).toEqual(turned(turned(picture, 'rotate180'), 'transpose'));
      }),
    );
  });
});

describe('the hashes of the eight variants', () => {
  it('find a turned copy at distance 0, whichever way it was turned', () => {
    const picture = pattern({ pattern: 'waves', width: 200, height: 144, channels: 3 });
    for (const variant of variants) {
      const copy = toHex(pdq(turned(picture, variant)).hash);
      const found = pdqVariants(picture).find((candidate) => toHex(candidate.pdq.hash) === copy);
      expect(found?.variant).toBe(variant);
    }
  });

  it('are those of the turned pictures, the picture itself first, and leave the next hash alone', () => {
    for (const [width, height] of [
      [65, 64],
      [512, 300],
      [33, 700],
    ] as const) {
      const picture = pattern({ pattern: 'waves', width, height, channels: width === 65 ? 1 : 3 });
      const expected = variants.map((variant) => ({ variant, pdq: pdq(turned(picture, variant)) }));
      expect(pdqVariants(picture)).toEqual(expected);
      expect(expected[0]?.pdq).toEqual(pdq(picture));
    }
  });
});
