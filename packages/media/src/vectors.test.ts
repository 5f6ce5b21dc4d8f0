import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toHex } from '@tutela/core';
import { type Pdq, pdq } from '@tutela/fingerprint';
import { afterAll, describe, expect, it } from 'vitest';
import { openDecoder } from './decoder.js';
import type { DecodeMode } from './outcomes.js';

interface Vector {
  readonly file: string;
  readonly hash: string;
  readonly quality: number;
}

const own = fileURLToPath(new URL('../fixtures/', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/fixtures/pdq/', import.meta.url));
const all = existsSync(shared);

const rows = (file: string): readonly (readonly string[])[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const ownVectors: readonly Vector[] = rows(`${own}reference.csv`).map(([file, hash, quality]) => ({
  file: `${own}${file}`,
  hash: hash!,
  quality: Number(quality),
}));
const sharedVectors: readonly Vector[] = all
  ? rows(`${shared}reference.csv`).map(([file, , hash, quality]) => ({
      file: `${shared}images/${file}`,
      hash: hash!,
      quality: Number(quality),
    }))
  : [];

const decoder = openDecoder({ processes: 2 });
afterAll(() => decoder.close());

const fingerprint = async (file: string, mode: DecodeMode): Promise<Pdq> => {
  const outcome = await decoder.decode(readFileSync(file), mode);
  if (outcome.kind !== 'done') throw new Error(`${file}: ${outcome.reason.message}`);
  return pdq(outcome.value);
};
const distance = (a: string, b: string): number => {
  const difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  return difference.toString(2).replaceAll('0', '').length;
};

const conforms = async (vectors: readonly Vector[]): Promise<void> => {
  for (const { file, hash, quality } of vectors) {
    const exact = await fingerprint(file, 'exact');
    expect({ file, hash: toHex(exact.hash), quality: exact.quality }).toEqual({ file, hash, quality });
    const byDefault = await fingerprint(file, 'default');
    expect({ file, quality: byDefault.quality }).toEqual({ file, quality });
    if (quality >= 80) expect(distance(toHex(byDefault.hash), hash), file).toBeLessThanOrEqual(10);
  }
};

describe('hashes of files beside those of the C++ reference', () => {
  it('equal it in exact mode and stay within 10 bits by default, on the pictures kept here', () =>
    conforms(ownVectors));

  it.skipIf(!all)('do so on all 39 pictures of the reference (skipped without ../shared/fixtures/pdq)', async () => {
    expect(sharedVectors).toHaveLength(39);
    await conforms(sharedVectors);
  });
});
