import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hammingDistance } from './brute-force.test-support.js';
import { kernelOf, newMemory } from './kernel.js';

const memory = newMemory(65_536);
const kernel = kernelOf(memory);
const at = 4096;
const place = (bytes: Uint8Array): void => new Uint8Array(memory.buffer).set(bytes, at);
const taken = (length: number): Uint8Array => new Uint8Array(memory.buffer).slice(at, at + length);
const hashes = fc.uint8Array({ minLength: 64, maxLength: 64 });

const permuted = (bytes: Uint8Array): Uint8Array => {
  place(bytes);
  kernel.permute(at, at, bytes.length / 32);
  return taken(bytes.length);
};

test('permuted hashes come back as they were', () => {
  fc.assert(
    fc.property(hashes, (bytes) => {
      place(permuted(bytes));
      kernel.unpermute(at, at, 2);
      expect(taken(64)).toEqual(bytes);
    }),
  );
});

test('the permutation changes no distance', () => {
  fc.assert(
    fc.property(hashes, (bytes) => {
      const both = permuted(bytes);
      const before = hammingDistance(bytes.subarray(0, 32), bytes.subarray(32));
      expect(hammingDistance(both.subarray(0, 32), both.subarray(32))).toBe(before);
    }),
  );
});

test('a chunk holds one bit of each row and one of each column of the picture’s frequencies', () => {
  const chunks = Array.from({ length: 256 }, (_, bit) => {
    const bytes = new Uint8Array(32);
    bytes[bit >> 3] = 1 << (bit & 7);
    return permuted(bytes).findIndex((byte) => byte !== 0) >> 1;
  });
  for (let line = 0; line < 16; line++) {
    const inRow = chunks.slice(16 * line, 16 * line + 16);
    const inColumn = chunks.filter((_, bit) => bit % 16 === line);
    expect([...inRow].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, chunk) => chunk));
    expect([...inColumn].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, chunk) => chunk));
  }
});
