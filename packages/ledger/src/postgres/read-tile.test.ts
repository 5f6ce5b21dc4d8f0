import { toHex } from '@tutela/core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCheckpoint } from '../checkpoint.js';
import { nodeHasher } from '../node-crypto.js';
import { parseNote } from '../note/signed-note.js';
import { decodeBundle } from '../tiles/entry-bundle.js';
import { decodeTile } from '../tiles/tile.js';
import { bundleOf, parseTilePath, tileOf } from '../tiles/tile-place.js';
import { tiledTree } from '../tiles/tiled-tree.js';
import { rootOf } from '../tree/frontier.js';
import { leafHash } from '../tree/hashing.js';
import { frontierAt } from '../tree/proof.js';
import { openTestLedger, type TestLedger } from './ledger-database.test-support.js';
import { readTile } from './read-tile.js';

let ledger: TestLedger;
const notes = new Map<bigint, string>();
beforeAll(async () => {
  ledger = await openTestLedger();
  let thing = 0;
  for (const more of [1, 254, 1, 1, 255, 300, 7]) {
    const acts = Array.from({ length: more }, (_, at) => ({
      thing: thing + at,
      word: 'word',
      caseRef: `case-${at % 3}`,
    }));
    thing += more;
    await ledger.act(...acts);
    const { head } = await ledger.sequence();
    if (head) notes.set(head.size, head.note);
  }
});
afterAll(() => ledger.scratch.close());

const bytesAt = async (path: string): Promise<Uint8Array> => {
  const place = parseTilePath(path);
  if (place === undefined) throw new Error(`${path} is no path`);
  const read = await readTile(ledger.db, place);
  if (read.kind !== 'done') throw new Error(`${path}: ${JSON.stringify(read)}`);
  return read.value;
};

test('whoever has nothing but tiles and a checkpoint gets its root, at every size that was signed', async () => {
  expect([...notes.keys()]).toEqual([1n, 255n, 256n, 257n, 512n, 812n, 819n]);
  for (const [size, note] of notes) {
    const parsed = parseNote(note);
    const checkpoint = parseCheckpoint(parsed.kind === 'done' ? parsed.value.text : '');
    const tree = tiledTree({ hasher: nodeHasher, size, readTile: bytesAt });
    const root = toHex(rootOf(nodeHasher, await frontierAt(tree, size)));
    expect(checkpoint.kind === 'done' && toHex(checkpoint.value.root)).toBe(root);
  }
});

test('every entry of a bundle is the leaf of the tile beside it', async () => {
  for (let entry = 0n; entry < 819n; entry += 256n) {
    const { index, width } = bundleOf(entry, 819n);
    const bundle = await readTile(ledger.db, { kind: 'entries', index, width });
    const tile = await readTile(ledger.db, tileOf(0, entry, 819n));
    const entries = bundle.kind === 'done' ? decodeBundle(bundle.value, width) : undefined;
    const hashes = tile.kind === 'done' ? decodeTile(tile.value, width) : undefined;
    expect(entries?.map((each) => toHex(leafHash(nodeHasher, each)))).toEqual(hashes?.map(toHex));
    expect(entries?.length).toBe(width);
  }
});

test('a tile that no signed head covers is not there', async () => {
  const isThere = async (path: string) => {
    const place = parseTilePath(path);
    return place !== undefined && (await readTile(ledger.db, place)).kind === 'done';
  };
  expect(await isThere('tile/0/003.p/51')).toBe(true);
  expect(await isThere('tile/entries/003.p/51')).toBe(true);
  expect(await isThere('tile/1/000.p/3')).toBe(true);
  const absent = [
    'tile/0/003.p/52',
    'tile/0/003',
    'tile/0/004.p/1',
    'tile/1/000.p/4',
    'tile/2/000.p/1',
    'tile/63/000.p/1',
  ];
  for (const path of [...absent, 'tile/entries/003.p/52', 'tile/0/x009/x223/x372/x036/x854/x775/807']) {
    expect([path, await isThere(path)]).toEqual([path, false]);
  }
  const anywhere = fc.record({
    kind: fc.constant('hashes' as const),
    level: fc.nat({ max: 63 }),
    index: fc.bigInt({ min: 4n, max: 2n ** 63n - 1n }),
    width: fc.integer({ min: 1, max: 256 }),
  });
  await fc.assert(
    fc.asyncProperty(anywhere, async (place) => {
      expect((await readTile(ledger.db, place)).kind).toBe('nothing');
    }),
    { numRuns: 50 },
  );
});

test('a leaf that somebody put behind the head is not published', async () => {
  await ledger.tamper(
    `insert into ledger.leaf (index, event_id, hash) values (819, '00000000-0000-4000-8000-000000000000', sha256('x'))`,
  );
  expect((await readTile(ledger.db, { kind: 'hashes', level: 0, index: 3n, width: 52 })).kind).toBe('nothing');
});
