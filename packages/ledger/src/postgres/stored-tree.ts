import { sql } from 'kysely';
import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import type { NodePlace } from '../tree/completing-nodes.js';
import { append, emptyFrontier, rootOf, type TreeNode } from '../tree/frontier.js';
import type { Hash } from '../tree/hashing.js';
import type { TreeReader } from '../tree/proof.js';
import type { LedgerDb } from './tables.js';

/** Tiles are eight levels high (C2SP tlog-tiles): the root of each one is stored, what is between is computed. */
export const levelsOfTile = 8;

/** Reads any perfect subtree of the stored tree: at most 128 rows for each. */
export const storedTree = (db: LedgerDb, hasher: Hasher): TreeReader => ({
  hasher,
  readNode: async (level, index) => {
    const [node] = await readPerfectSubtrees(db, hasher, [{ level, index }]);
    return (node as TreeNode).hash;
  },
});

/**
 * Many subtrees of one level in one statement, in the order of `places`.
 * @throws LedgerError `head-differs` when rows of one are not stored
 */
export const readPerfectSubtrees = async (
  db: LedgerDb,
  hasher: Hasher,
  places: readonly NodePlace[],
): Promise<readonly TreeNode[]> => {
  const level = places[0]?.level ?? 0;
  const stored = Math.floor(level / levelsOfTile);
  const span = 1 << (level % levelsOfTile);
  const starts = places.map(({ index }) => index * BigInt(span));
  const hashes = await readHashes(db, stored, starts, span);
  return places.map(({ index }, at) => {
    const own = hashes[at] ?? [];
    if (own.length !== span) {
      throw new LedgerError('head-differs', `the stored tree has no complete subtree ${level}/${index}`);
    }
    const frontier = own.reduce((before, hash) => append(hasher, before, hash), emptyFrontier);
    return { level, index, hash: rootOf(hasher, frontier) };
  });
};

const readHashes = async (
  db: LedgerDb,
  stored: number,
  starts: readonly bigint[],
  span: number,
): Promise<readonly (readonly Hash[])[]> => {
  const table = sql.table(stored === 0 ? 'ledger.leaf' : 'ledger.subtree');
  const level = stored === 0 ? sql`true` : sql`level = ${stored}`;
  // "limit" keeps the planner to the index for each start, however many there are.
  const { rows } = await sql<{ ord: number; hash: Hash }>`
    select given.ord::int, node.hash
      from unnest(${starts.map(String)}::bigint[]) with ordinality as given(start, ord)
     cross join lateral (
       select index, hash from ${table}
        where ${level} and index >= given.start and index < given.start + ${span} order by index limit ${span}
     ) as node
     order by given.ord, node.index`.execute(db);
  const hashes: Hash[][] = starts.map(() => []);
  for (const { ord, hash } of rows) hashes[ord - 1]?.push(hash);
  return hashes;
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
