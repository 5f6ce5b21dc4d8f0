import type { Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { LockRow, MemberRow, SetRow } from '../census/set-rows.js';

const rowsAtOnce = 5000;
const portions = <T>(rows: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, at) =>
    rows.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce),
  );

export const insertSets = async (tx: Tx, rows: readonly SetRow[]): Promise<void> => {
  for (const part of portions(rows)) {
    await sql`
      insert into investigator.archive_set (set_id, case_ref, source_id, unit_id, format, encryption, member_names, joining,
             missing, bytes, owner, folder, depth, state, reason, authority_id, comment_sealed)
      select set_id, case_ref, source_id, unit_id, format, encryption, member_names, joining,
             missing, bytes, owner, folder, depth, state, reason, authority_id, decode(comment_sealed, 'hex')
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as row(
             set_id uuid, case_ref text, source_id uuid, unit_id uuid, format text, encryption text, member_names text,
             joining text, missing integer[], bytes bigint, owner text, folder text, depth integer, state text,
             reason text, authority_id uuid, comment_sealed text)`.execute(tx);
  }
};

export interface VolumeRow {
  readonly set_id: string;
  readonly ordinal: number;
  readonly item_id: number;
}

export const insertVolumes = async (tx: Tx, rows: readonly VolumeRow[]): Promise<void> => {
  for (const part of portions(rows)) {
    await sql`
      insert into investigator.archive_volume (set_id, ordinal, item_id)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
        as row(set_id uuid, ordinal integer, item_id bigint)`.execute(tx);
  }
};

/** A lock that is known already stays as it is. @returns how many were new */
export const insertLocks = async (tx: Tx, rows: readonly LockRow[]): Promise<number> => {
  let inserted = 0;
  // In the order of their keys, so that two units that share locks do not wait for each other in a circle.
  const ordered = [...rows].sort((one, other) => (one.lock_key < other.lock_key ? -1 : 1));
  for (const part of portions(ordered)) {
    const { numAffectedRows } = await sql`
      insert into investigator.archive_lock
             (case_ref, lock_key, kdf, rounds, scheme, hashcat_mode, no_line, material, material_object, unit_id)
      select case_ref, lock_key, kdf, rounds, scheme, hashcat_mode, no_line, decode(material, 'hex'), material_object, unit_id
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as row(
             case_ref text, lock_key text, kdf text, rounds bigint, scheme text, hashcat_mode integer, no_line text,
             material text, material_object text, unit_id uuid)
          on conflict do nothing`.execute(tx);
    inserted += Number(numAffectedRows ?? 0n);
  }
  return inserted;
};

export interface SetLockRow {
  readonly set_id: string;
  readonly ordinal: number;
  readonly case_ref: string;
  readonly lock_key: string;
}

export const insertSetLocks = async (tx: Tx, rows: readonly SetLockRow[]): Promise<void> => {
  for (const part of portions(rows)) {
    await sql`
      insert into investigator.archive_set_lock (set_id, ordinal, case_ref, lock_key)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
        as row(set_id uuid, ordinal integer, case_ref text, lock_key text)`.execute(tx);
  }
};

export const insertMembers = async (tx: Tx, rows: readonly MemberRow[]): Promise<void> => {
  for (const part of portions(rows)) {
    await sql`
      insert into investigator.archive_member
             (set_id, ordinal, name, kind, bytes, packed_bytes, encrypted, crc32, modified)
      select * from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as row(
             set_id uuid, ordinal integer, name text, kind text, bytes bigint, packed_bytes bigint, encrypted text,
             crc32 bigint, modified text)`.execute(tx);
  }
};

/** Members of these sets with the CRC-32 and size of a known file. @returns how many */
export const insertLeads = async (
  tx: Tx,
  caseRef: string,
  unitId: string,
  setIds: readonly string[],
): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into investigator.archive_lead (set_id, ordinal, list_name, unit_id)
    select set_id, ordinal, list_name, ${unitId}
      from investigator.archive_member member
      join investigator.known_checksum known
        on known.case_ref = ${caseRef} and known.crc32 = member.crc32 and known.bytes = member.bytes
     where member.set_id = any(${setIds}) and member.kind = 'file'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
};

export interface KnownFile {
  readonly crc32: number;
  readonly bytes: number;
}

export const insertKnown = async (
  tx: Tx,
  caseRef: string,
  listName: string,
  files: readonly KnownFile[],
): Promise<void> => {
  for (const part of portions(files)) {
    await sql`
      insert into investigator.known_checksum (case_ref, list_name, crc32, bytes)
      select ${caseRef}, ${listName}, crc32, bytes
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as row(crc32 bigint, bytes bigint)
          on conflict do nothing`.execute(tx);
  }
};
