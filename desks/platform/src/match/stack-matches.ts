import type { Tx } from '@tutela/db';
import { leastQuality, type Pdq } from '@tutela/fingerprint';
import type { NewMatch } from '../queries/matches.js';
import { findStackOfBytes, holdStacks, insertMember, insertStack, nearestStack } from '../queries/stacks.js';

/** A match and what its picture looks like, where it is one. */
export interface SeenMatch {
  readonly row: NewMatch;
  readonly pdq: Pdq | undefined;
}

/** Resized, recompressed, slightly edited; strangers start at 90 bits (fingerprints.md §3.2). */
const alikeBits = 16;

/** Puts new matches where what is the same already lies, or begins a stack with them. */
export const stackMatches = async (tx: Tx, seen: readonly SeenMatch[]): Promise<void> => {
  if (seen.length === 0) return;
  await holdStacks(tx);
  for (const { row, pdq } of seen) {
    const { id: match, sha256, found_at } = row;
    const same = await findStackOfBytes(tx, sha256);
    if (same !== undefined) {
      await insertMember(tx, { match, stack: same, sha256, because: 'same-bytes', distance: null });
      continue;
    }
    const bits = pdq === undefined || pdq.quality < leastQuality ? null : bitsOf(pdq.hash);
    const alike = bits === null ? undefined : await nearestStack(tx, bits, alikeBits);
    if (alike !== undefined) {
      const { stack, distance } = alike;
      await insertMember(tx, { match, stack, sha256, because: 'looks-alike', distance });
      continue;
    }
    await insertStack(tx, { stack_id: match, pdq: bits, made_at: found_at });
    await insertMember(tx, { match, stack: match, sha256, because: 'first', distance: null });
  }
};

const bitsOf = (hash: Uint8Array): string => [...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
