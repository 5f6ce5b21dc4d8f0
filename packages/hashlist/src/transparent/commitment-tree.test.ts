import { createHash } from 'node:crypto';
import { nodeHasher } from '@tutela/ledger/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treeOfCommitments, verifyCommitment } from './commitment-tree.js';
import type { EntryCommitment } from './statement.js';

const commitment = fc
  .nat(100_000)
  .map((seed) => createHash('sha256').update(String(seed)).digest('hex') as EntryCommitment);
const sets = fc.uniqueArray(commitment, { minLength: 1, maxLength: 40 });

describe('the tree over commitments', () => {
  test('is one for one set, in whatever order it comes', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(treeOfCommitments(nodeHasher, set).root).toBe(treeOfCommitments(nodeHasher, [...set].reverse()).root);
      }),
    );
  });

  test('proves each of its commitments and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(sets, commitment, async (set, other) => {
        const { root, prove } = treeOfCommitments(nodeHasher, set);
        for (const each of set) {
          const proof = await prove(each);
          if (proof === undefined) throw new Error('no proof');
          expect(verifyCommitment(nodeHasher, { commitment: each, root, proof })).toBe('included');
          if (other !== each)
            expect(verifyCommitment(nodeHasher, { commitment: other, root, proof })).toBe('not-included');
          const wrong = { ...proof, index: proof.index + 1 };
          expect(verifyCommitment(nodeHasher, { commitment: each, root, proof: wrong })).toBe('not-included');
        }
        if (!set.includes(other)) expect(await prove(other)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
