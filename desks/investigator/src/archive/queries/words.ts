import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Provenance } from '@tutela/recovery';
import { sql } from 'kysely';

export const findRecoveryKey = async (db: Db | Tx, caseRef: string, authorityId: string): Promise<string | undefined> =>
  (
    await sql<{ object_sha256: string }>`
      select object_sha256 from investigator.recovery_key
       where case_ref = ${caseRef} and authority_id = ${authorityId}`.execute(db)
  ).rows[0]?.object_sha256;

/** Of two that make one, the first counts for both. */
export const insertRecoveryKey = async (
  tx: Tx,
  caseRef: string,
  authorityId: string,
  object: string,
): Promise<string> => {
  await sql`
    insert into investigator.recovery_key (case_ref, authority_id, object_sha256)
    values (${caseRef}, ${authorityId}, ${object}) on conflict do nothing`.execute(tx);
  return (await findRecoveryKey(tx, caseRef, authorityId))!;
};

export interface WordList {
  readonly listId: string;
  readonly caseRef: string;
  readonly name: string;
  readonly sha256: string;
  readonly words: number;
  readonly blockWords: number;
  /** Bytes; one more than there are blocks. */
  readonly blockOffsets: readonly number[];
  readonly importedAt: UtcInstant;
  readonly importedBy: string;
}

export const insertWordList = async (tx: Tx, list: WordList): Promise<'inserted' | 'known-already'> => {
  const { numAffectedRows } = await sql`
    insert into investigator.word_list
           (list_id, case_ref, name, sha256, words, block_words, block_offsets, imported_at, imported_by)
    values (${list.listId}, ${list.caseRef}, ${list.name}, ${list.sha256}, ${list.words}, ${list.blockWords},
            ${list.blockOffsets}::bigint[], ${list.importedAt}, ${list.importedBy})
        on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n ? 'inserted' : 'known-already';
};

/** In the order they were imported. */
export const listWordLists = async (db: Db | Tx, caseRef: string): Promise<readonly WordList[]> =>
  (
    await sql<WordList & { blockOffsets: readonly (number | string)[] }>`
      select list_id as "listId", case_ref as "caseRef", name, sha256, words, block_words as "blockWords",
             block_offsets as "blockOffsets", imported_at as "importedAt", imported_by as "importedBy"
        from investigator.word_list where case_ref = ${caseRef} order by imported_at, list_id`.execute(db)
  ).rows.map((list) => ({ ...list, blockOffsets: list.blockOffsets.map(Number) }));

export type SightingKind = Extract<Provenance, { kind: 'harvested' }>['from'] | 'recovered' | 'stated';

/** A word as it was met. */
export interface SightingRow {
  readonly mac: string;
  /** Hexadecimal. */
  readonly sealed: string;
  readonly kind: SightingKind;
  readonly item_id: number | null;
  readonly secret_id: string | null;
  readonly stated_by: string | null;
  readonly place: number | null;
  readonly rank: number;
  /** `*` for all that the authority covers. */
  readonly owner: string;
  readonly folder: string;
}

/**
 * Writes words with where they were met, and has the locks near them tried again. @returns their ids, by `mac`
 */
export const insertSightings = async (
  tx: Tx,
  { caseRef, authorityId }: { readonly caseRef: string; readonly authorityId: string },
  rows: readonly SightingRow[],
): Promise<ReadonlyMap<string, number>> => {
  if (rows.length === 0) return new Map();
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
    mac text, sealed text, kind text, item_id bigint, secret_id uuid, stated_by text, place integer, rank integer,
    owner text, folder text)`;
  await sql`
    insert into investigator.recovery_word (case_ref, authority_id, mac, sealed)
    select ${caseRef}, ${authorityId}, mac, decode(min(sealed), 'hex') from ${given}
     where not exists (select from investigator.recovery_word known
                        where known.case_ref = ${caseRef} and known.authority_id = ${authorityId} and known.mac = row.mac)
     group by mac order by min(rank), mac
        on conflict do nothing`.execute(tx);
  await sql`
    insert into investigator.recovery_sighting (word_id, kind, item_id, secret_id, stated_by, place, rank, owner, folder)
    select word_id, row.kind, row.item_id, row.secret_id, row.stated_by, row.place, row.rank, row.owner, row.folder
      from ${given} join investigator.recovery_word word
        on word.case_ref = ${caseRef} and word.authority_id = ${authorityId} and word.mac = row.mac
        on conflict do nothing`.execute(tx);
  const places = rows.filter(({ kind }) => kind !== 'recovered');
  const owners = [...new Set(places.map(({ owner }) => owner))];
  const folders = [...new Set(places.map(({ folder }) => folder))];
  if (places.length > 0) {
    await sql`
      update investigator.recovery_lock set hints = 'waiting'
       where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
         and (owner = any(${owners}) or folder = any(${folders}) or ${owners.includes('*')})`.execute(tx);
  }
  const ids = await sql<{ mac: string; word_id: number }>`
    select mac, word_id from investigator.recovery_word
     where case_ref = ${caseRef} and authority_id = ${authorityId}
       and mac = any(${rows.map(({ mac }) => mac)})`.execute(tx);
  return new Map(ids.rows.map(({ mac, word_id }) => [mac, word_id]));
};

export const markHarvested = async (tx: Tx, authorityId: string, itemIds: readonly number[]): Promise<void> => {
  await sql`
    insert into investigator.harvested_item (item_id, authority_id)
    select unnest(${itemIds}::bigint[]), ${authorityId} on conflict do nothing`.execute(tx);
};

export interface SealedWord {
  readonly word_id: number;
  readonly mac: string;
  readonly sealed: Buffer;
}

export const wordsById = async (db: Db | Tx, wordIds: readonly number[]): Promise<ReadonlyMap<number, SealedWord>> => {
  const { rows } = await sql<SealedWord>`
    select word_id, mac, sealed from investigator.recovery_word where word_id = any(${wordIds}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.word_id, row]));
};

export interface HintsOfLock {
  readonly lockKey: string;
  /** Best first. */
  readonly wordIds: readonly number[];
}

/** Words met near these locks and not considered for them yet: of the same folder, owner, or of the whole seizure. */
export const hintsFor = async (
  tx: Tx,
  { caseRef, authorityId }: { readonly caseRef: string; readonly authorityId: string },
  lockKeys: readonly string[],
  most: number,
): Promise<readonly HintsOfLock[]> =>
  (
    await sql<HintsOfLock>`
      select lock.lock_key as "lockKey",
             array(select seen.word_id::int8::float8 from (
                     select word_id, rank, 0 as far from investigator.recovery_sighting sighting
                      where sighting.folder = lock.folder and sighting.kind <> 'recovered'
                     union all
                     select word_id, rank, 1 from investigator.recovery_sighting sighting
                      where sighting.owner = lock.owner and sighting.kind <> 'recovered'
                     union all
                     select word_id, rank, 2 from investigator.recovery_sighting sighting where sighting.owner = '*'
                   ) seen join investigator.recovery_word word using (word_id)
                    where word.case_ref = lock.case_ref and word.authority_id = lock.authority_id
                      and seen.word_id > lock.hinted_to and seen.word_id <> all(lock.hinted)
                    group by seen.word_id order by min(rank * 3 + far), seen.word_id limit ${most}) as "wordIds"
        from investigator.recovery_lock lock
       where lock.case_ref = ${caseRef} and lock.authority_id = ${authorityId} and lock.lock_key = any(${lockKeys})
       order by lock.lock_key`.execute(tx)
  ).rows;
