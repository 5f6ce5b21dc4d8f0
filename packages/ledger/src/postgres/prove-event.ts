import { done, nothing, type Outcome } from '@tutela/core';
import type { Kysely } from 'kysely';
import { fromUtf8 } from '../bytes.js';
import type { Opening } from '../commitment.js';
import { nodeHasher } from '../node-crypto.js';
import { formatTlogProof } from '../tlog-proof.js';
import { inclusionProof } from '../tree/proof.js';
import type { EventId } from './event-id.js';
import { type LeafCase, leafEntry } from './leaf-entry.js';
import { openingOf, type Unseal } from './sealed-opening.js';
import { storedTree } from './stored-tree.js';
import { type LedgerTables, ledgerTables } from './tables.js';
import { bestHeadBeyond } from './witness/cosigned-heads.js';

export interface EventProof {
  /**
   * C2SP tlog-proof: the content of a `.tlog-proof` file. Over the head that most witnesses have cosigned, with their
   * cosignatures; without any over the newest head.
   */
  readonly proof: string;
  /** The leaf: RFC 8785 text. */
  readonly entry: string;
  /** What the entry commits to; absent once it was destroyed, and when it is sealed and nobody opens it. */
  readonly opening?: Opening;
}

/** Everything that shows to somebody without our database that an event is in the log, and what it said. */
export const proveEvent = (
  db: Kysely<unknown>,
  id: EventId,
  unseal?: Unseal,
): Promise<Outcome<EventProof, 'no-such-event' | 'not-yet-sequenced'>> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const tables = ledgerTables(tx);
      const row = await tables
        .selectFrom('ledger.event')
        .leftJoin('ledger.leaf', 'ledger.leaf.event_id', 'ledger.event.id')
        .leftJoin('ledger.opening', 'ledger.opening.event_id', 'ledger.event.id')
        .select(['entry', 'index', 'case_ref', 'case_seq', 'case_prev', 'key', 'payload', 'sealed'])
        .where('ledger.event.id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return nothing('no-such-event', `the ledger has no event ${id}`);
      const index = row.index === null ? undefined : BigInt(row.index);
      const head = index === undefined ? undefined : await bestHeadBeyond(tables, index);
      if (index === undefined || head === undefined) return nothing('not-yet-sequenced', `event ${id} has no leaf yet`);
      const hashes = await inclusionProof(storedTree(tables, nodeHasher), index, head.size);
      const opening = await openingOf({ ...row, event_id: id }, row.case_ref ?? undefined, unseal);
      return done({
        proof: formatTlogProof({ index, hashes, checkpoint: head.note }),
        entry: fromUtf8(leafEntry(row.entry, caseOf(row))) as string,
        ...(opening && { opening }),
      });
    });

type CaseColumns = {
  readonly [Column in 'case_ref' | 'case_seq' | 'case_prev']: LedgerTables['ledger.leaf'][Column];
};

export const caseOf = ({ case_ref, case_seq, case_prev }: CaseColumns): LeafCase | undefined =>
  case_ref === null ? undefined : { ref: case_ref, seq: Number(case_seq), ...(case_prev && { prev: case_prev }) };
