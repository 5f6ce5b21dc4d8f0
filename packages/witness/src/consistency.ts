import { done, refused } from '@tutela/core';
import { type AddCheckpoint, type Checkpoint, emptyRoot, type Verdict, verifyConsistency } from '@tutela/ledger';
import { nodeHasher } from '@tutela/ledger/node';

/**
 * Whether a checkpoint continues the one that was cosigned last, from whose size the request starts (C2SP tlog-witness,
 * "add-checkpoint").
 */
export const continues = (
  before: Checkpoint | undefined,
  next: Checkpoint,
  { proof }: AddCheckpoint,
): Verdict<undefined, 'inconsistent'> => {
  if (next.size === 0n && !Buffer.from(next.root).equals(emptyRoot(nodeHasher))) {
    return inconsistent('an empty tree has the hash of nothing as its root');
  }
  if (before === undefined || before.size === 0n) {
    return proof.length === 0 ? done(undefined) : inconsistent('from the empty tree there is nothing to prove');
  }
  const claim = { first: before.size, second: next.size, firstRoot: before.root, secondRoot: next.root, proof };
  const verdict = verifyConsistency(nodeHasher, claim);
  return verdict.kind === 'done' ? verdict : inconsistent(verdict.reason.message);
};

const inconsistent = (why: string) => refused('inconsistent', why);
