import { toInstant } from '@tutela/core';
import { sql } from 'kysely';
import { certificatesOfPem } from '../../time/pem.js';
import { stampedBody } from '../../time/stamped-body.js';
import { verifyTimestamp } from '../../time/verify-timestamp.js';
import type { LedgerDb } from '../tables.js';
import type { TimeAuthority } from '../time/stamp.js';
import type { Collector } from './collector.js';

/** Rows in memory at once. */
const pageSize = 200;

interface TimestampRow {
  readonly size: string;
  readonly authority: string;
  readonly token: Uint8Array;
  readonly gen_time: string | Date;
  readonly chain: string;
  readonly note: string | null;
}

/**
 * Every token against the head it was made for, under the root that the settings name for its authority. One of an
 * authority that is named no more counts as `timestampsWithoutRoot`: its own chain is all that speaks for it.
 */
export const checkTimestamps = async (
  db: LedgerDb,
  authorities: readonly Pick<TimeAuthority, 'name' | 'roots'>[],
  collector: Collector,
): Promise<void> => {
  const roots = new Map(authorities.map(({ name, roots: pem }) => [name, pem]));
  for (let after = { size: '0', authority: '' }; ; ) {
    const { rows } = await sql<TimestampRow>`
      select stamp.size::text, stamp.authority, stamp.token, stamp.gen_time, stamp.chain, checkpoint.note
        from ledger.timestamp as stamp left join ledger.checkpoint on checkpoint.size = stamp.size
       where (stamp.size, stamp.authority) > (${after.size}::bigint, ${after.authority}::text collate "C")
       order by stamp.size, stamp.authority limit ${pageSize}`.execute(db);
    for (const row of rows) {
      const root = roots.get(row.authority);
      if (root === undefined) collector.count('timestampsWithoutRoot', 1);
      await checkRow(row, root, collector);
      after = row;
    }
    collector.count('timestamps', rows.length);
    if (rows.length < pageSize) return;
  }
};

const checkRow = async (row: TimestampRow, root: string | undefined, { find }: Collector): Promise<void> => {
  const { size, authority, token, note } = row;
  if (note === null) return find({ kind: 'timestamp-of-no-head', size, authority });
  const altered = (why: string) => find({ kind: 'timestamp-altered', size, authority, why });
  const body = stampedBody(note);
  // That the head is spoilt is a finding of its own.
  if (body.kind !== 'done') return;
  const kept = certificatesOfPem(row.chain)?.at(-1);
  if (kept === undefined) return altered('the certificates kept with it cannot be read');
  for (const believed of [kept, ...(root === undefined ? [] : [root])]) {
    const verified = await verifyTimestamp({ token, imprintOf: body.value, roots: [believed] });
    if (verified.kind !== 'done') return altered(verified.reason.message);
    if (verified.value.genTime !== toInstant(new Date(row.gen_time)))
      return altered('it says another time than its row');
  }
};
