import { sql } from 'kysely';
import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import { append, emptyFrontier, rootOf } from '../tree/frontier.js';
import type { Hash } from '../tree/hashing.js';
import type { TreeReader } from '../tree/proof.js';
import type { LedgerDb } from './tables.js';

/** Tiles are eight levels high (C2SP tlog-tiles): the root of each one is stored, what is between is computed. */
export const levelsOfTile = 8;

/** Reads any perfect subtree of the stored tree: at most 128 rows for each. */
export const storedTree = (db: LedgerDb, hasher: Hasher): TreeReader => ({
  hasher,
  readNode: async (level, index) => {
    const stored = Math.floor(level / levelsOfTile);
    const span = 1n << BigInt(level % levelsOfTile);
    const hashes = await readHashes(db, stored, index * span, span);
    if (BigInt(hashes.length) !== span) {
      throw new LedgerError('head-differs', `the stored tree has no complete subtree ${level}/${index}`);
    }
    return rootOf(
      hasher,
      hashes.reduce((frontier, hash) => append(hasher, frontier, hash), emptyFrontier),
    );
  },
});

const readHashes = async (db: LedgerDb, stored: number, from: bigint, count: bigint): Promise<readonly Hash[]> => {
  const table = sql.table(stored === 0 ? 'ledger.leaf' : 'ledger.subtree');
  const level = stored === 0 ? sql`true` : sql`level = ${stored}`;
  const { rows } = await sql<{ hash: Hash }>`
    select hash from ${table}
     where ${level} and index >= ${String(from)} and index < ${String(from + count)} order by index`.execute(db);
  return rows.map(({ hash }) => hash);
};

export interface StoredHead {
  readonly size: bigint;
  readonly root: Hash;
  readonly note: string;
}

/** The newest checkpoint, before anybody has verified it. */
export const readHead = async (db: LedgerDb): Promise<StoredHead | undefined> => {
  const row = await db
    .selectFrom('ledger.checkpoint')
    .select(['size', 'root', 'note'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, size: BigInt(row.size) };
};
