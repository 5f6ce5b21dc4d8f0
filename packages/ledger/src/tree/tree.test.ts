import { fromHex, toHex } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeHasher } from '../node-crypto.js';
import { publishedCases } from '../published-vectors.test-support.js';
import { append, emptyFrontier, type Frontier, rootOf } from './frontier.js';
import { type Hash, leafHash } from './hashing.js';
import { flipBit, grow, rootByDefinition } from './model.test-support.js';
import { consistencyProof, frontierAt, inclusionProof } from './proof.js';
import { verifyConsistency, verifyInclusion } from './verify.js';

/** The eight entries and the roots of sizes 0 to 8 used by the tests of Certificate Transparency since 2012. */
const knownEntries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots of the eight well-known entries come out at every size', () => {
  let frontier = emptyFrontier;
  const roots = [toHex(rootOf(nodeHasher, frontier))];
  for (const entry of knownEntries) {
    frontier = append(nodeHasher, frontier, leafHash(nodeHasher, fromHex(entry) as Uint8Array));
    roots.push(toHex(rootOf(nodeHasher, frontier)));
  }
  expect(roots).toEqual(knownRoots);
});

const largest = 300;
const tree = grow(largest);
const root = (size: number): Hash => rootOf(nodeHasher, tree.frontiers[size] as Frontier);

test('appending gives the root of the definition at every size', () => {
  for (let size = 0; size <= largest; size++) {
    expect(toHex(root(size))).toBe(toHex(rootByDefinition(tree.leaves.slice(0, size))));
  }
});

test('the frontier of every older size can be read back from the nodes', async () => {
  for (let size = 0; size <= largest; size++) {
    expect(await frontierAt(tree.reader, BigInt(size))).toEqual(tree.frontiers[size]);
  }
});

const sizes = fc.tuple(fc.integer({ min: 1, max: largest }), fc.integer({ min: 1, max: largest }));
const smallAndLarge = sizes.map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);

test('every inclusion proof holds, and none with any bit, number or length changed', async () => {
  await fc.assert(
    fc.asyncProperty(smallAndLarge, fc.nat(), async ([place, size], bit) => {
      const index = BigInt(place - 1);
      const proof = await inclusionProof(tree.reader, index, BigInt(size));
      const claim = {
        index,
        size: BigInt(size),
        leaf: tree.leaves[place - 1] as Hash,
        root: root(size),
        proof,
      };
      const verdictOf = (change: Partial<typeof claim>) => verifyInclusion(nodeHasher, { ...claim, ...change }).kind;
      expect(verdictOf({})).toBe('done');
      expect(verdictOf({ leaf: flipBit(claim.leaf, bit) })).toBe('refused');
      expect(verdictOf({ root: flipBit(claim.root, bit) })).toBe('refused');
      expect(verdictOf({ leaf: claim.root, root: claim.leaf })).toBe(size === 1 ? 'done' : 'refused');
      expect(verdictOf({ index: index + BigInt(size) })).toBe('refused');
      expect(verdictOf({ index: -1n - index })).toBe('refused');
      expect(verdictOf({ proof: [...proof, claim.root] })).toBe('refused');
      expect(verdictOf({ proof: [claim.leaf, ...proof] })).toBe('refused');
      for (const [at, hash] of proof.entries()) {
        expect(verdictOf({ proof: proof.with(at, flipBit(hash, bit)) })).toBe('refused');
        expect(verdictOf({ proof: proof.with(at, hash.subarray(1)) })).toBe('refused');
        expect(verdictOf({ proof: proof.toSpliced(at, 1) })).toBe('refused');
      }
      if (size > 1) expect(verdictOf({ index: index === 0n ? 1n : index - 1n })).toBe('refused');
    }),
    { numRuns: 200 },
  );
});

test('any two sizes are consistent, and no proof with any bit, number or length changed says so', async () => {
  await fc.assert(
    fc.asyncProperty(smallAndLarge, fc.nat(), async ([first, second], bit) => {
      const proof = await consistencyProof(tree.reader, BigInt(first), BigInt(second));
      const claim = {
        first: BigInt(first),
        second: BigInt(second),
        firstRoot: root(first),
        secondRoot: root(second),
        proof,
      };
      const verdictOf = (change: Partial<typeof claim>) => verifyConsistency(nodeHasher, { ...claim, ...change }).kind;
      expect(verdictOf({})).toBe('done');
      expect(verdictOf({ firstRoot: flipBit(claim.firstRoot, bit) })).toBe('refused');
      expect(verdictOf({ secondRoot: flipBit(claim.secondRoot, bit) })).toBe('refused');
      expect(verdictOf({ proof: [...proof, claim.firstRoot] })).toBe('refused');
      expect(verdictOf({ first: 0n })).toBe('refused');
      expect(verdictOf({ first: claim.second + 1n })).toBe('refused');
      for (const [at, hash] of proof.entries()) {
        expect(verdictOf({ proof: proof.with(at, flipBit(hash, bit)) })).toBe('refused');
        expect(verdictOf({ proof: proof.toSpliced(at, 1) })).toBe('refused');
      }
      if (first < second) {
        expect(verdictOf({ firstRoot: claim.secondRoot, secondRoot: claim.firstRoot })).toBe('refused');
        expect(verdictOf({ first: claim.second })).toBe('refused');
      }
    }),
    { numRuns: 200 },
  );
});

test('sizes beyond 63 bits and proofs beyond 63 hashes are refused without any work', () => {
  const leaf = tree.leaves[0] as Hash;
  const proof = Array.from({ length: 64 }, () => leaf);
  const hasher = { ...nodeHasher, sha256: () => expect.fail('nothing may be hashed') };
  expect(verifyInclusion(hasher, { index: 0n, size: 2n ** 63n, leaf, root: leaf, proof }).kind).toBe('refused');
  expect(verifyInclusion(hasher, { index: 0n, size: 2n ** 62n, leaf, root: leaf, proof }).kind).toBe('refused');
  const roots = { firstRoot: leaf, secondRoot: leaf };
  expect(verifyConsistency(hasher, { first: 1n, second: 2n ** 63n, ...roots, proof }).kind).toBe('refused');
});

interface InclusionCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string | null;
  readonly leafHash: string | null;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

const bytesOf = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'base64');
const verdictWanted = (wantErr: boolean) => (wantErr ? 'refused' : 'done');

describe('the vectors of transparency-dev/merkle', () => {
  const inclusion = publishedCases<InclusionCase>('merkle/inclusion');
  test.skipIf(inclusion.length === 0)('inclusion (published vectors)', () => {
    for (const { leafIdx, treeSize, root, leafHash, proof, desc, wantErr } of inclusion) {
      const claim = { index: BigInt(leafIdx), size: BigInt(treeSize), root: bytesOf(root), leaf: bytesOf(leafHash) };
      const verdict = verifyInclusion(nodeHasher, { ...claim, proof: (proof ?? []).map(bytesOf) });
      expect(`${desc}: ${verdict.kind}`).toBe(`${desc}: ${verdictWanted(wantErr)}`);
    }
    expect(inclusion.length).toBe(98);
  });

  const consistency = publishedCases<ConsistencyCase>('merkle/consistency');
  test.skipIf(consistency.length === 0)('consistency (published vectors)', () => {
    for (const { size1, size2, root1, root2, proof, desc, wantErr } of consistency) {
      const claim = {
        first: BigInt(size1),
        second: BigInt(size2),
        firstRoot: bytesOf(root1),
        secondRoot: bytesOf(root2),
      };
      const verdict = verifyConsistency(nodeHasher, { ...claim, proof: (proof ?? []).map(bytesOf) });
      expect(`${desc}: ${verdict.kind}`).toBe(`${desc}: ${verdictWanted(wantErr)}`);
    }
    expect(consistency.length).toBe(98);
  });
});
