import { done, nothing, type Outcome } from '@tutela/core';
import { type Kysely, sql } from 'kysely';
import { LedgerError } from '../ledger-error.js';
import { encodeBundle } from '../tiles/entry-bundle.js';
import { encodeTile } from '../tiles/tile.js';
import { type BundlePlace, type TilePlace, tileWidth } from '../tiles/tile-place.js';
import type { Hash } from '../tree/hashing.js';
import { leafEntry } from './leaf-entry.js';
import { caseOf } from './prove-event.js';
import type { LedgerTables } from './tables.js';

/**
 * The bytes of a tile or bundle (C2SP tlog-tiles), as wide as asked for. Only what a signed head covers is there.
 *
 * Entries show commitments, not payloads; types, actors, subjects and case references are readable.
 * @throws LedgerError `head-differs` when an event of the log is missing
 */
export const readTile = async (
  db: Kysely<unknown>,
  place: TilePlace | BundlePlace,
): Promise<Outcome<Uint8Array, 'no-such-tile'>> => {
  const level = place.kind === 'entries' ? 0 : place.level;
  const from = place.index * BigInt(tileWidth);
  // Beyond what PostgreSQL counts there is no leaf either.
  const last = (from + BigInt(place.width)) << BigInt(8 * level);
  if (last > largestBigint) return absent;
  const range = { from: String(from), to: String(from + BigInt(place.width)), last: String(last) };
  const found = place.kind === 'entries' ? await readEntries(db, range) : await readHashes(db, level, range);
  if (found.length !== place.width) return absent;
  return done(place.kind === 'entries' ? encodeBundle(found) : encodeTile(found));
};

const largestBigint = 2n ** 63n - 1n;
const absent = nothing('no-such-tile', 'no signed head covers all of this tile');

interface Range {
  readonly from: string;
  readonly to: string;
  /** One more than the last leaf below it. */
  readonly last: string;
}

const covered = ({ last }: Range) => sql`(select max(size) from ledger.checkpoint) >= ${last}::bigint`;

const readHashes = async (db: Kysely<unknown>, level: number, range: Range): Promise<readonly Hash[]> => {
  const table = sql.table(level === 0 ? 'ledger.leaf' : 'ledger.subtree');
  const { rows } = await sql<{ hash: Hash }>`
    select hash from ${table}
     where ${level === 0 ? sql`true` : sql`level = ${level}`}
       and index >= ${range.from}::bigint and index < ${range.to}::bigint and ${covered(range)}
     order by index`.execute(db);
  return rows.map(({ hash }) => hash);
};

type EntryRow = Pick<LedgerTables['ledger.leaf'], 'case_ref' | 'case_seq' | 'case_prev'> & {
  readonly entry: string | null;
  readonly index: string;
};

const readEntries = async (db: Kysely<unknown>, range: Range): Promise<readonly Uint8Array[]> => {
  const { rows } = await sql<EntryRow>`
    select event.entry, leaf.index::text, leaf.case_ref, leaf.case_seq, leaf.case_prev
      from ledger.leaf left join ledger.event on event.id = leaf.event_id
     where leaf.index >= ${range.from}::bigint and leaf.index < ${range.to}::bigint and ${covered(range)}
     order by leaf.index`.execute(db);
  return rows.map((row) => {
    if (row.entry === null) throw new LedgerError('head-differs', `the event of leaf ${row.index} is missing`);
    return leafEntry(row.entry, caseOf(row));
  });
};
