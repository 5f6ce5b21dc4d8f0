import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toHex } from '@tutela/core';
import { describe, expect, it } from 'vitest';
import { kernel } from './kernel.js';
import { type PatternName, pattern } from './pattern.js';
import { pdq } from './pdq.js';

interface Vector {
  readonly pattern: PatternName;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly hash: string;
  readonly quality: number;
}
interface Fixture {
  readonly cosinesSha256: string;
  readonly vectors: readonly Vector[];
}

const { cosinesSha256, vectors }: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/reference-pixels.json', import.meta.url), 'utf8'),
);

describe('beside the hashes of the C++ reference', () => {
  it('covers every filter window from 1 to 9, odd sides and both channel counts', () => {
    const windows = new Set(vectors.flatMap(({ width, height }) => [width, height].map((n) => Math.ceil(n / 128))));
    expect([...windows].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(vectors.map(({ channels }) => channels))).toEqual(new Set([1, 3]));
  });

  it.each(vectors)('$pattern $width x $height, $channels channel(s), is equal in every bit', (vector) => {
    const result = pdq(pattern(vector));
    expect(toHex(result.hash)).toBe(vector.hash);
    expect(result.quality).toBe(vector.quality);
  });

  it('holds the same cosine matrix, bit by bit', () => {
    const { memory, cosinesAt } = kernel();
    const bytes = new Uint8Array(memory.buffer, cosinesAt(), 16 * 64 * 4);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(cosinesSha256);
  });
});
