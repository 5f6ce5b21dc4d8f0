import { type Kysely, sql } from 'kysely';
import type { RowKey } from './effect.js';
import type { StoredHead } from './stored-tree.js';
import { ledgerTables } from './tables.js';
import { bestHeadBeyond } from './witness/cosigned-heads.js';

/** Where an event stands in the log. */
export interface EventPlace {
  readonly index: bigint;
  /** Absent for an event of no case. */
  readonly caseSeq?: number;
}

/** Where the newest event stands that vouches for a row; `undefined` before it has its place. */
export const findPlace = async (
  db: Kysely<unknown>,
  row: { readonly table: string; readonly key: RowKey },
): Promise<EventPlace | undefined> => {
  const { rows } = await sql<{ index: string; case_seq: string | null }>`
    select leaf.index::text as index, leaf.case_seq::text as case_seq
      from ledger.effect
      join ledger.leaf on leaf.event_id = effect.event_id
     where effect.table_name = ${row.table} and effect.row_key = (${JSON.stringify(row.key)}::jsonb)::text
     order by leaf.index desc limit 1`.execute(db);
  const [found] = rows;
  return (
    found && {
      index: BigInt(found.index),
      ...(found.case_seq !== null && { caseSeq: Number(found.case_seq) }),
    }
  );
};

/** A head over this leaf, with its cosignatures: the one that most witnesses have signed, the newest of those. */
export const headOver = (db: Kysely<unknown>, index: bigint): Promise<StoredHead | undefined> =>
  bestHeadBeyond(ledgerTables(db), index);
