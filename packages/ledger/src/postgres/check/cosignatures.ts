import { sql } from 'kysely';
import { sameBytes } from '../../bytes.js';
import { nodeVerifier } from '../../node-crypto.js';
import { verifyCosignatures } from '../../witness/cosignature.js';
import type { CosignerKey } from '../../witness/cosigner-key.js';
import type { LedgerDb } from '../tables.js';
import type { Collector } from './collector.js';

/** Rows in memory at once. */
const pageSize = 1000;

interface Place {
  readonly size: string;
  readonly witness: string;
  readonly key_id: Uint8Array;
}
interface CosignatureRow extends Place {
  readonly line: string;
  readonly at: string | Date;
  readonly note: string | null;
}

/**
 * Every cosignature against the head it was made for, and every fork alarm. A cosignature of a witness that is named no
 * more counts as `cosignaturesWithoutKey`: its head has to be there all the same.
 */
export const checkCosignatures = async (
  db: LedgerDb,
  keys: readonly CosignerKey[],
  collector: Collector,
): Promise<void> => {
  for (let after: Place = { size: '0', witness: '', key_id: new Uint8Array(0) }; ; ) {
    const { rows } = await sql<CosignatureRow>`
      select given.size::text, given.witness, given.key_id, given.line, given.at, checkpoint.note
        from ledger.cosignature as given left join ledger.checkpoint on checkpoint.size = given.size
       where (given.size, given.witness, given.key_id)
             > (${after.size}::bigint, ${after.witness}::text collate "C", ${after.key_id}::bytea)
       order by given.size, given.witness, given.key_id limit ${pageSize}`.execute(db);
    for (const row of rows) {
      await checkRow(row, keys, collector);
      after = row;
    }
    collector.count('cosignatures', rows.length);
    if (rows.length < pageSize) break;
  }
  const alarms = await db
    .selectFrom('ledger.fork_alarm')
    .select(['witness', 'size', 'why', 'witness_size'])
    .orderBy('witness')
    .execute();
  for (const { witness, size, why, witness_size: seen } of alarms) {
    collector.find({ kind: 'fork', witness, size: String(size), why, ...(seen !== null && { witnessSize: seen }) });
  }
};

const checkRow = async (
  { size, witness, key_id: id, line, at, note }: CosignatureRow,
  keys: readonly CosignerKey[],
  { find, count }: Collector,
): Promise<void> => {
  const key = keys.find((known) => known.name === witness && sameBytes(known.id, id) === 'same');
  if (key === undefined) count('cosignaturesWithoutKey', 1);
  if (note === null) return find({ kind: 'cosignature-of-no-head', size, witness });
  if (key === undefined) return;
  const verified = await verifyCosignatures(nodeVerifier, [key], note + line);
  if (verified.kind !== 'done') {
    return find({ kind: 'cosignature-altered', size, witness, why: verified.reason.message });
  }
  const [found] = verified.value;
  if (found === undefined)
    return find({ kind: 'cosignature-altered', size, witness, why: 'it is not of this witness' });
  if (Number(found.time) * 1000 !== new Date(at).getTime()) {
    find({ kind: 'cosignature-altered', size, witness, why: 'it says another time than its row' });
  }
};
