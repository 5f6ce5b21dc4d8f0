import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDigestTable, buildDigestTableFrom, type DigestWidth } from './digest-table.js';

const algorithms = { 16: 'md5', 20: 'sha1', 32: 'sha256' } as const;
const digestOf = (text: string, width: DigestWidth): Uint8Array => createHash(algorithms[width]).update(text).digest();

describe.each([16, 20, 32] as const)('a table of digests of %i bytes', (width) => {
  test('finds every digest at all its places and nothing else', () => {
    const count = 20_000;
    const digests = Buffer.concat(Array.from({ length: count }, (_, at) => digestOf(`${at % 15_000}`, width)));
    const table = buildDigestTable(digests, width);
    for (let at = 0; at < 15_000; at++) {
      expect(table.find(digestOf(`${at}`, width))).toEqual(at < 5000 ? [at, at + 15_000] : [at]);
    }
    for (let at = 15_000; at < 20_000; at++) expect(table.find(digestOf(`${at}`, width))).toEqual([]);
  });

  test('tells digests apart that differ in one bit only', () => {
    const digest = digestOf('one', width);
    const table = buildDigestTable(digest, width);
    for (let bit = 0; bit < 8 * width; bit++) {
      const other = new Uint8Array(digest);
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(table.find(other)).toEqual([]);
    }
    expect(table.find(digest)).toEqual([0]);
  });

  test('is the same whatever blocks the source is cut into', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: width, maxLength: width })), (digests) => {
        const whole = buildDigestTable(Buffer.concat(digests), width);
        const cut = buildDigestTableFrom(() => digests, width);
        for (const digest of digests) expect(cut.find(digest)).toEqual(whole.find(digest));
      }),
    );
  });
});

test('an empty table finds nothing', () => {
  expect(buildDigestTable(new Uint8Array(0), 32).find(new Uint8Array(32))).toEqual([]);
});

test('bytes that are no whole digest are refused', () => {
  expect(() => buildDigestTable(new Uint8Array(33), 32)).toThrow(expect.objectContaining({ code: 'bad-shape' }));
  expect(() => buildDigestTable(new Uint8Array(32), 32).find(new Uint8Array(20))).toThrow('not 32');
});
