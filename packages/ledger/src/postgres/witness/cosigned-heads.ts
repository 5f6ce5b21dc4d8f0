import { type Kysely, sql } from 'kysely';
import { nodeVerifier } from '../../node-crypto.js';
import { type LogPolicy, openWitnessed } from '../../witness/policy.js';
import type { StoredHead } from '../stored-tree.js';
import { type LedgerDb, ledgerTables } from '../tables.js';

interface Row {
  readonly size: string;
  readonly root: Uint8Array;
  readonly note: string;
  readonly lines: string;
}

const headOf = ({ size, root, note, lines }: Row): StoredHead => ({ size: BigInt(size), root, note: note + lines });

const columns = sql`
  checkpoint.size::text as size, checkpoint.root, checkpoint.note,
  coalesce((select string_agg(line, '' order by witness, key_id) from ledger.cosignature
             where cosignature.size = checkpoint.size), '') as lines`;

/** The checkpoint of exactly this size with every cosignature on it; `undefined` when none was signed at this size. */
export const cosignedCheckpoint = async (db: Kysely<unknown>, size: bigint): Promise<StoredHead | undefined> => {
  const { rows } = await sql<Row>`
    select ${columns} from ledger.checkpoint where size = ${String(size)}::bigint`.execute(db);
  return rows[0] && headOf(rows[0]);
};

/** Heads that are compared for how many witnesses have signed them. */
const compared = 64;

/**
 * Of the newest heads beyond a leaf the one that most witnesses have signed, the newest of those; without cosignatures
 * the newest head.
 */
export const bestHeadBeyond = async (db: LedgerDb, leaf: bigint): Promise<StoredHead | undefined> => {
  const { rows } = await sql<Row>`
    select ${columns}
      from (
        select size, count(*) as witnesses from ledger.cosignature
         where size > ${String(leaf)}::bigint group by size order by size desc limit ${compared}
      ) as cosigned
      join ledger.checkpoint using (size)
     order by cosigned.witnesses desc, checkpoint.size desc limit 1`.execute(db);
  if (rows[0]) return headOf(rows[0]);
  const newest = await sql<Row>`
    select ${columns} from ledger.checkpoint where size > ${String(leaf)}::bigint
     order by checkpoint.size desc limit 1`.execute(db);
  return newest.rows[0] && headOf(newest.rows[0]);
};

/** The newest head that the policy's quorum of witnesses has seen; `undefined` while there is none. */
export const newestWitnessed = async (db: Kysely<unknown>, policy: LogPolicy): Promise<StoredHead | undefined> => {
  for (let below: string | undefined; ; ) {
    const { rows } = await sql<Row>`
      select ${columns}
        from (
          select distinct size from ledger.cosignature
           where ${below === undefined ? sql`true` : sql`size < ${below}::bigint`}
           order by size desc limit ${compared}
        ) as cosigned
        join ledger.checkpoint using (size)
       order by checkpoint.size desc`.execute(db);
    for (const row of rows) {
      const head = headOf(row);
      if ((await openWitnessed(nodeVerifier, policy, head.note)).kind === 'done') return head;
    }
    below = rows.at(-1)?.size;
    if (below === undefined) return undefined;
  }
};

/** What one witness has to do with this log. */
export interface WitnessState {
  /** Name of its key. */
  readonly witness: string;
  /** Size of the newest head that it has signed; absent before the first. */
  readonly signed?: string;
  /** When it says that it signed it. */
  readonly at?: string;
  /** Leaves of our newest head that it has not seen yet. */
  readonly behind: string;
  /** It holds another history than we do. */
  readonly fork?: ForkAlarm;
}

export interface ForkAlarm {
  /** `witness-has-more`: it has signed a larger head than ours. `proof-refused`: ours does not continue what it signed. */
  readonly why: 'witness-has-more' | 'proof-refused';
  /** Of the head that we sent. */
  readonly size: string;
  readonly witnessSize?: string;
  readonly at: string;
}

/** The state of each of these witnesses, in their order, as the database has it. */
export const readWitnessStates = async (
  db: Kysely<unknown>,
  keys: readonly { readonly name: string; readonly id: Uint8Array }[],
): Promise<readonly WitnessState[]> => Promise.all(keys.map((key) => readWitnessState(ledgerTables(db), key)));

export const readWitnessState = async (
  db: LedgerDb,
  { name, id }: { readonly name: string; readonly id: Uint8Array },
): Promise<WitnessState> => {
  const [signed, newest, fork] = await Promise.all([
    sql<{ size: string; at: Date | string }>`
      select size::text as size, at from ledger.cosignature
       where witness = ${name} and key_id = ${id} order by cosignature.size desc limit 1`.execute(db),
    sql<{ size: string }>`select coalesce(max(size), 0)::text as size from ledger.checkpoint`.execute(db),
    sql<{ why: ForkAlarm['why']; size: string; seen: string | null; at: Date | string }>`
      select why, size::text as size, witness_size::text as seen, at from ledger.fork_alarm
       where witness = ${name} and key_id = ${id}`.execute(db),
  ]);
  const [last, alarm] = [signed.rows[0], fork.rows[0]];
  const behind = BigInt(newest.rows[0]?.size ?? 0) - BigInt(last?.size ?? 0);
  return {
    witness: name,
    behind: String(behind > 0n ? behind : 0n),
    ...(last && { signed: last.size, at: instant(last.at) }),
    ...(alarm && {
      fork: {
        why: alarm.why,
        size: alarm.size,
        at: instant(alarm.at),
        ...(alarm.seen !== null && { witnessSize: alarm.seen }),
      },
    }),
  };
};

/** Drivers differ in what they make of a moment. */
const instant = (at: Date | string): string => new Date(at).toISOString();
