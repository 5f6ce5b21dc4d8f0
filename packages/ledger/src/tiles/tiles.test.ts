import { toHex } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.js';
import { nodeHasher } from '../node-crypto.js';
import { append, emptyFrontier, type Frontier, rootOf } from '../tree/frontier.js';
import { leafHash } from '../tree/hashing.js';
import { consistencyProof, frontierAt, inclusionProof } from '../tree/proof.js';
import { verifyConsistency, verifyInclusion } from '../tree/verify.js';
import { decodeBundle, encodeBundle } from './entry-bundle.js';
import { decodeTile, encodeTile } from './tile.js';
import {
  type BundlePlace,
  bundleOf,
  formatTilePath,
  hashesAtLevel,
  parseTilePath,
  type TilePlace,
} from './tile-place.js';
import { tiledTree } from './tiled-tree.js';

const index = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const width = fc.integer({ min: 1, max: 256 });
const place: fc.Arbitrary<TilePlace | BundlePlace> = fc.oneof(
  fc.record({ kind: fc.constant('entries' as const), index, width }),
  fc.record({ kind: fc.constant('hashes' as const), level: fc.nat({ max: 63 }), index, width }),
);

describe('the path of a tile', () => {
  test.each([
    ['tile/0/x001/x234/067', { kind: 'hashes', level: 0, index: 1_234_067n, width: 256 }],
    ['tile/63/000.p/1', { kind: 'hashes', level: 63, index: 0n, width: 1 }],
    ['tile/entries/x001/000.p/255', { kind: 'entries', index: 1000n, width: 255 }],
  ] as const)('%s is written and read', (path, of) => {
    expect(formatTilePath(of)).toBe(path);
    expect(parseTilePath(path)).toEqual(of);
  });

  test('leads to its place, and no other text does', () => {
    fc.assert(
      fc.property(place, (of) => {
        expect(parseTilePath(formatTilePath(of))).toEqual(of);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^tile\/(entries|\d{1,2})\/[x/\d]{3,12}(\.p\/\d{1,3})?$/), (path) => {
        const of = parseTilePath(path);
        expect(of === undefined || formatTilePath(of) === path).toBe(true);
      }),
    );
  });

  test.each([
    'tile/0/1',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/08',
    'tile/0/x000/001',
    'tile/0/001/001',
    'tile/0/x001',
    'tile/0/000/',
    'tile/0/000.p/1/',
    '/tile/0/000',
    'tile/entries/../0/000',
    'tile/0/x999/x999/x999/x999/x999/x999/x999/999',
  ])('%s is none', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

test('tiles and their bytes turn into each other', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.array(hash, { minLength: 1, maxLength: 256 }), (hashes) => {
      const bytes = encodeTile(hashes);
      expect(decodeTile(bytes, hashes.length)).toEqual(hashes);
      expect(decodeTile(bytes, hashes.length + 1)).toBeUndefined();
      expect(decodeTile(bytes.subarray(1), hashes.length)).toBeUndefined();
    }),
  );
  expect(() => encodeTile([])).toThrow();
  expect(() => encodeTile([new Uint8Array(31)])).toThrow();
});

test('bundles and their bytes turn into each other', () => {
  const entry = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.constantFrom(0, 255, 256).map((length) => new Uint8Array(length)),
  );
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 40 }), fc.uint8Array({ maxLength: 3 }), (entries, more) => {
      const bytes = encodeBundle(entries);
      expect(decodeBundle(bytes, entries.length)?.map(toHex)).toEqual(entries.map(toHex));
      if (more.length > 0) expect(decodeBundle(Buffer.concat([bytes, more]), entries.length)).toBeUndefined();
      expect(decodeBundle(bytes.subarray(0, -1), entries.length)).toBeUndefined();
    }),
  );
  expect(decodeBundle(encodeBundle([new Uint8Array(65_535)]), 1)?.[0]?.length).toBe(65_535);
  expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow();
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 9 }), (bytes, count) => {
      const entries = decodeBundle(bytes, count);
      expect(entries === undefined || Buffer.from(encodeBundle(entries)).equals(bytes)).toBe(true);
    }),
  );
});

describe('of a tree of 70,000 leaves', () => {
  test('the tiles are those that C2SP tlog-tiles names', () => {
    const widths = [0, 1, 2, 3].map((level) => hashesAtLevel(70_000n, level));
    expect(widths).toEqual([BigInt(273 * 256 + 112), BigInt(256 + 17), 1n, 0n]);
    expect(bundleOf(69_999n, 70_000n)).toEqual({ kind: 'entries', index: 273n, width: 112 });
  });

  const leaves = Array.from({ length: 70_000 }, (_, at) => leafHash(nodeHasher, utf8(`entry ${at}`)));
  const levels: Uint8Array[][] = [leaves, [], []];
  const frontiers: Frontier[] = [];
  let frontier: Frontier = emptyFrontier;
  for (const leaf of leaves) {
    frontier = append(nodeHasher, frontier, leaf, ({ level, hash }) => {
      if (level % 8 === 0) levels[level / 8]?.push(hash);
    });
    frontiers.push(frontier);
  }
  const rootAt = (size: bigint) => rootOf(nodeHasher, frontiers[Number(size) - 1] as Frontier);
  const tree = (size: bigint) =>
    tiledTree({
      hasher: nodeHasher,
      size,
      readTile: async (path) => {
        const of = parseTilePath(path);
        if (of?.kind !== 'hashes') throw new Error(`${path} is no tile`);
        const from = Number(of.index) * 256;
        return encodeTile((levels[of.level] ?? []).slice(from, from + of.width));
      },
    });
  const size = fc.bigInt({ min: 1n, max: 70_000n });

  test('tiles alone give the root of every size', async () => {
    await fc.assert(
      fc.asyncProperty(size, async (of) => {
        expect(toHex(rootOf(nodeHasher, await frontierAt(tree(of), of)))).toBe(toHex(rootAt(of)));
      }),
      { examples: [[1n], [255n], [256n], [257n], [65_535n], [65_536n], [65_537n], [70_000n]] },
    );
  });

  test('tiles alone give proofs of inclusion and consistency', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, async (one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const leafAt = first - 1n;
        const inclusion = await inclusionProof(tree(second), leafAt, second);
        const leaf = leaves[Number(leafAt)] as Uint8Array;
        const claim = { index: leafAt, size: second, leaf, root: rootAt(second), proof: inclusion };
        expect(verifyInclusion(nodeHasher, claim).kind).toBe('done');
        const proof = await consistencyProof(tree(second), first, second);
        const roots = { firstRoot: rootAt(first), secondRoot: rootAt(second) };
        expect(verifyConsistency(nodeHasher, { first, second, ...roots, proof }).kind).toBe('done');
      }),
      { numRuns: 25 },
    );
  });

  test('a tile of another width than the tree has it is refused', async () => {
    const short = tiledTree({ hasher: nodeHasher, size: 300n, readTile: async () => new Uint8Array(32 * 43) });
    await expect(frontierAt(short, 300n)).rejects.toMatchObject({ code: 'invalid' });
  });
});
