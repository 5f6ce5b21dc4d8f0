import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.js';

/** A row of pixels, each with its own number as red. */
const row = (length: number): Uint8Array => Uint8Array.from({ length: 3 * length }, (_, at) => (at % 3 ? 0 : at / 3));

describe('the nearest pixel', () => {
  it('is at floor(x * width / side), as in CImg', () => {
    const reds = (from: number, side: number): number[] =>
      [...nearest(row(from), from, 1, side).subarray(0, 3 * side)].filter((_, at) => at % 3 === 0);
    expect(reds(10, 4)).toEqual([0, 2, 5, 7]);
    expect(reds(3, 7)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(reds(5, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives a square, whatever the picture was', () => {
    expect(nearest(row(9), 3, 3, 8)).toHaveLength(3 * 8 * 8);
  });
});
