import { existsSync, readFileSync } from 'node:fs';
import { fromHex } from '@tutela/core';
import { expect, test } from 'vitest';
import { bruteForce } from './brute-force.test-support.js';
import { buildHammingIndex } from './hamming-index.js';
import { randomHashes, seededWords } from './synthetic-hashes.test-support.js';

/** Hashes of photographs and their edited copies; see the README of that folder. */
const folder = new URL('../../../../shared/fixtures/pdq/', import.meta.url);

const hashesIn = (file: string): Uint8Array => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return Buffer.concat([...text.matchAll(/\b[0-9a-f]{64}\b/g)].map(([hex]) => fromHex(hex)!));
};

test.skipIf(!existsSync(folder))(
  'hashes of photographs and of their edited copies are found as brute force finds them (needs ../shared)',
  () => {
    const photographs = hashesIn('reference.csv');
    expect(photographs.length / 32).toBeGreaterThanOrEqual(39);
    const others = [hashesIn('images/reg-test-input/haystack.txt'), randomHashes(5000, seededWords(1))];
    const hashes = Buffer.concat([photographs, ...others]);
    const rows = {
      hashes,
      entries: Uint32Array.from({ length: hashes.length / 32 }, (_, at) => at),
      lists: new Uint32Array(hashes.length / 32).fill(1),
    };
    const needles = Buffer.concat([photographs, hashesIn('images/reg-test-input/needles.txt')]);
    const index = buildHammingIndex(hashes);
    for (const threshold of [0, 15, 31, 47, 63]) {
      const found = index.searchMany(needles, threshold);
      for (const [at, hits] of found.entries()) {
        expect(hits).toEqual(bruteForce(rows, needles.subarray(32 * at, 32 * at + 32), threshold));
      }
    }
  },
);
