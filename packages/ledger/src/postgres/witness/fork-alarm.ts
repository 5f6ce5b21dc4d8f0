import { type Clock, toHex } from '@tutela/core';
import type { Kysely } from 'kysely';
import type { CosignerKey } from '../../witness/cosigner-key.js';
import { appendEvent } from '../append-event.js';
import type { CoveredTable } from '../check/domain-rows.js';
import type { StoredHead } from '../stored-tree.js';
import { ledgerTables } from '../tables.js';
import type { ForkAlarm } from './cosigned-heads.js';

/** Tables of the ledger itself whose rows exist only through events. */
export const ledgerCoveredTables: readonly CoveredTable[] = [
  { table: 'ledger.fork_alarm', key: ['witness', 'key_id'] },
];

export interface Fork {
  readonly key: CosignerKey;
  /** The head that we sent. */
  readonly head: StoredHead;
  readonly why: ForkAlarm['why'];
  readonly witnessSize?: bigint;
}

/**
 * Puts on record that a witness holds another history, once for each witness, with an event that vouches for the row:
 * who deletes the alarm is found by the check.
 */
export const raiseForkAlarm = (db: Kysely<unknown>, clock: Clock, fork: Fork): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { key, head, why, witnessSize } = fork;
    const at = clock.now();
    const { numInsertedOrUpdatedRows } = await ledgerTables(tx)
      .insertInto('ledger.fork_alarm')
      .values({
        witness: key.name,
        key_id: key.id,
        size: String(head.size),
        note: head.note,
        why,
        witness_size: witnessSize === undefined ? null : String(witnessSize),
        at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) return;
    await appendEvent(tx, {
      type: 'ledger.fork-alarm',
      actor: 'ledger',
      at,
      subjects: [key.name],
      payload: { why, size: String(head.size), ...(witnessSize !== undefined && { witnessSize: String(witnessSize) }) },
      effects: [
        {
          kind: 'written',
          table: 'ledger.fork_alarm',
          key: { witness: key.name, key_id: `\\x${toHex(key.id)}` },
          columns: ['size', 'note', 'why', 'witness_size', 'at'],
        },
      ],
    });
  });
