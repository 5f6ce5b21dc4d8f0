import { type Clock, done, failed, nothing, type Outcome, refused } from '@tutela/core';
import type { Kysely } from 'kysely';
import { nodeHasher, nodeVerifier } from '../../node-crypto.js';
import { consistencyProof } from '../../tree/proof.js';
import { formatAddCheckpoint } from '../../witness/add-checkpoint.js';
import { type Cosignature, verifyCosignatures } from '../../witness/cosignature.js';
import type { CosignerKey } from '../../witness/cosigner-key.js';
import { readHead, type StoredHead, storedTree } from '../stored-tree.js';
import { ledgerTables } from '../tables.js';
import { type AskDeps, postCheckpoint, type WitnessReply } from './ask-witness.js';
import { readWitnessState } from './cosigned-heads.js';
import { type Fork, raiseForkAlarm } from './fork-alarm.js';

/** A witness as the log reaches it. */
export interface WitnessAddress {
  readonly key: CosignerKey;
  /** Submission prefix (C2SP tlog-witness). */
  readonly url: string;
}

export interface SubmitDeps extends AskDeps {
  readonly clock: Clock;
}

export type SubmitCode =
  | 'nothing-new'
  /** The witness holds another history; on record, and never asked over. */
  | 'fork'
  | 'unreachable'
  | 'not-accepted'
  /** 200 without a cosignature of this witness that holds. */
  | 'not-cosigned'
  /** Its answers do not come to an end. */
  | 'no-agreement';

/** A second answer may be needed when the witness is elsewhere, a third when another process is at it. */
const mostAttempts = 4;

/** Seconds that a witness's clock may be ahead of ours. */
const clockTolerance = 600n;

/**
 * Has the newest head cosigned by one witness and stores the cosignature once it is verified. May be called by several
 * processes at once, and again after a kill at any moment: what was asked before is asked again.
 * @returns the size that the witness has now signed
 */
export const submitHead = async (
  db: Kysely<unknown>,
  witness: WitnessAddress,
  deps: SubmitDeps,
): Promise<Outcome<bigint, SubmitCode>> => {
  let from: bigint | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const submission = await prepare(db, witness.key, from);
    if (submission.kind !== 'done') return submission;
    const { head, oldSize, body } = submission.value;
    // Its signature is stored and the head that it signed is not: the log was cut.
    if (oldSize > head.size) {
      return alarm(db, deps, { key: witness.key, head, why: 'witness-has-more', witnessSize: oldSize });
    }
    const reply = await postCheckpoint(witness.url, body, deps);
    switch (reply.kind) {
      case 'cosigned':
        return keepCosignature(db, witness.key, head, reply, deps);
      case 'inconsistent':
        return alarm(db, deps, { key: witness.key, head, why: 'proof-refused', witnessSize: oldSize });
      case 'failed':
        return reply;
      case 'elsewhere': {
        // Looked up now: while we asked, another process may have had a larger head cosigned.
        const newest = (await readHead(ledgerTables(db)))?.size ?? 0n;
        if (reply.size > newest) {
          return alarm(db, deps, { key: witness.key, head, why: 'witness-has-more', witnessSize: reply.size });
        }
        from = reply.size;
      }
    }
  }
  return failed('no-agreement', 'it names another size each time');
};

interface Submission {
  readonly head: StoredHead;
  readonly oldSize: bigint;
  readonly body: string;
}

/** @param from the size that the witness said it has; otherwise the one that it last signed for us */
const prepare = (
  db: Kysely<unknown>,
  key: CosignerKey,
  from: bigint | undefined,
): Promise<Outcome<Submission, 'nothing-new' | 'fork'>> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const tables = ledgerTables(tx);
      const state = await readWitnessState(tables, key);
      if (state.fork) return refused('fork', `${key.name} holds another history since ${state.fork.at}`);
      const head = await readHead(tables);
      const signed = BigInt(state.signed ?? 0);
      if (head === undefined || signed === head.size) return nothing('nothing-new', 'it has signed the newest head');
      const oldSize = from ?? signed;
      const tree = storedTree(tables, nodeHasher);
      const proof = oldSize === 0n || oldSize > head.size ? [] : await consistencyProof(tree, oldSize, head.size);
      return done({ head, oldSize, body: formatAddCheckpoint({ oldSize, proof, checkpoint: head.note }) });
    });

const keepCosignature = async (
  db: Kysely<unknown>,
  key: CosignerKey,
  head: StoredHead,
  { lines }: Extract<WitnessReply, { readonly kind: 'cosigned' }>,
  { clock }: SubmitDeps,
): Promise<Outcome<bigint, SubmitCode>> => {
  const verified = await verifyCosignatures(nodeVerifier, [key], head.note + lines);
  if (verified.kind !== 'done') return failed('not-cosigned', verified.reason.message);
  const [cosignature] = verified.value;
  if (cosignature === undefined) return failed('not-cosigned', 'its answer holds no signature of its own');
  if (cosignature.time > BigInt(Math.floor(Date.parse(clock.now()) / 1000)) + clockTolerance) {
    return failed('not-cosigned', 'it signs for a time that has not come');
  }
  await insertCosignature(db, head, cosignature);
  return done(head.size);
};

const insertCosignature = async (
  db: Kysely<unknown>,
  { size }: StoredHead,
  { key, line, time }: Cosignature,
): Promise<void> => {
  const at = new Date(Number(time) * 1000).toISOString();
  await ledgerTables(db)
    .insertInto('ledger.cosignature')
    .values({ size: String(size), witness: key.name, key_id: key.id, line, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const alarm = async (db: Kysely<unknown>, { clock }: SubmitDeps, fork: Fork): Promise<Outcome<never, 'fork'>> => {
  await raiseForkAlarm(db, clock, fork);
  const what =
    fork.why === 'witness-has-more'
      ? `has signed a head of ${fork.witnessSize}, and we have no such head`
      : `does not accept that our head of ${fork.head.size} continues the one of ${fork.witnessSize} that it signed`;
  return refused('fork', `FORK: ${fork.key.name} ${what}`);
};
