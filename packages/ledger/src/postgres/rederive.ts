import { done, type Outcome, refused } from '@tutela/core';
import type { Kysely } from 'kysely';
import { sameBytes } from '../bytes.js';
import { openCheckpoint } from '../checkpoint.js';
import type { Signer } from '../crypto.js';
import { nodeHasher, nodeVerifier } from '../node-crypto.js';
import { noteKey } from '../note/note-key.js';
import { append, emptyFrontier, rootOf } from '../tree/frontier.js';
import { readHead, type StoredHead } from './stored-tree.js';
import { type LedgerDb, ledgerTables } from './tables.js';

export type RederiveFault = 'head-differs' | 'head-not-ours';

const pageSize = 20_000;

/**
 * Builds the tree again from all stored leaves and compares it with the last checkpoint, which must bear our signature.
 * @returns the head, `undefined` while the ledger is empty
 */
export const rederive = (
  db: Kysely<unknown>,
  signer: Signer,
): Promise<Outcome<StoredHead | undefined, RederiveFault>> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const tables = ledgerTables(tx);
      const head = await readHead(tables);
      const derived = await deriveRoot(tables);
      if (derived.size !== (head?.size ?? 0n)) {
        return refused(
          'head-differs',
          `${derived.size} leaves in a row are stored, the checkpoint has ${head?.size ?? 0n}`,
        );
      }
      if (head === undefined) return done(undefined);
      if (sameBytes(derived.root, head.root) === 'different') {
        return refused('head-differs', `the stored leaves have not the root of the checkpoint of ${head.size}`);
      }
      const key = noteKey(nodeHasher, signer.name, signer.publicKey);
      const opened = await openCheckpoint(nodeVerifier, [key], head.note);
      if (opened.kind !== 'done') return refused('head-not-ours', opened.reason.message);
      const { size, root } = opened.value;
      return size === head.size && sameBytes(root, head.root) === 'same'
        ? done(head)
        : refused('head-not-ours', 'the signed text of the last checkpoint is about another head');
    });

const deriveRoot = async (db: LedgerDb) => {
  let frontier = emptyFrontier;
  for (;;) {
    const rows = await db
      .selectFrom('ledger.leaf')
      .select(['index', 'hash'])
      .where('index', '>=', String(frontier.size))
      .orderBy('index')
      .limit(pageSize)
      .execute();
    for (const { index, hash } of rows) {
      if (BigInt(index) !== frontier.size) return { size: frontier.size, root: rootOf(nodeHasher, frontier) };
      frontier = append(nodeHasher, frontier, hash);
    }
    if (rows.length < pageSize) return { size: frontier.size, root: rootOf(nodeHasher, frontier) };
  }
};
