import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernel } from './kernel.js';
import { pattern } from './pattern.js';
import { pdq } from './pdq.js';
import { pdqVariants } from './variants.js';

describe('the PDQ of a picture', () => {
  it('gives zeros and quality 0 under 5 pixels a side, as the reference does', () => {
    const nothing = { hash: new Uint8Array(32), quality: 0 };
    expect(pdq(pattern({ pattern: 'noise', width: 4, height: 300, channels: 3 }))).toEqual(nothing);
    expect(pdq(pattern({ pattern: 'noise', width: 300, height: 4, channels: 3 }))).toEqual(nothing);
  });

  it('depends on nothing hashed before', () => {
    const small = pattern({ pattern: 'waves', width: 70, height: 50, channels: 3 });
    const before = pdq(small);
    pdq(pattern({ pattern: 'noise', width: 600, height: 500, channels: 3 }));
    expect(pdq(small)).toEqual(before);
  });

  it('never sets more than half of the bits, since each stands for a coefficient above the median', () => {
    const side = fc.integer({ min: 5, max: 200 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const { hash } = pdq(pattern({ pattern: 'noise', width, height, channels: 3 }));
        const ones = [...hash].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
        expect(ones).toBeLessThanOrEqual(128);
      }),
    );
  });

  it('refuses pixels that do not fill the picture', () => {
    const rgb = new Uint8Array(3 * 10 * 10);
    expect(() => pdq({ width: 10, height: 9, rgb })).toThrow(expect.objectContaining({ code: 'bad-pixels' }));
    expect(() => pdq({ width: 0, height: 0, rgb: new Uint8Array() })).toThrow(
      expect.objectContaining({ code: 'bad-pixels' }),
    );
    expect(() => pdq({ width: 7.5, height: 40, rgb })).toThrow(expect.objectContaining({ code: 'bad-pixels' }));
  });

  it('works within 4 bytes a pixel plus 1 MiB, twice the pixels for variants, and never more for the next picture', () => {
    const bytes = (): number => kernel().memory.buffer.byteLength;
    const large = pattern({ pattern: 'tiles', width: 1200, height: 900, channels: 3 });
    pdq(large);
    expect(bytes()).toBeLessThan(4 * 1200 * 900 + (1 << 20));
    pdqVariants(large);
    const full = bytes();
    expect(full).toBeLessThan(7 * 1200 * 900 + (1 << 20));
    for (let count = 0; count < 20; count++) {
      pdq(large);
      pdqVariants(pattern({ pattern: 'tiles', width: 100 + count, height: 90, channels: 3 }));
    }
    expect(bytes()).toBe(full);
  });
});
