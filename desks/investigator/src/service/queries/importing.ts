import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { ArchiveItem } from '../../archive/archive-item.js';
import type { ReadRow, ServiceRow } from '../read/service-row.js';
import type { ImportId } from '../schema.js';

/** A file of a source, to be read as records. */
export const findRecordFile = async (db: Db | Tx, itemId: number): Promise<ArchiveItem | undefined> => {
  const { rows } = await sql<ArchiveItem>`
    select item.item_id as "itemId", item.case_ref as "caseRef", item.source_id as "sourceId",
           source.kind as "sourceKind", source.locator, item.parent_item_id as "parentItemId", item.path,
           item.path_bytes as "pathBytes", item.path_sha256 as "pathSha256", item.size, item.sha256, item.account,
           item.modified_at as "modifiedAt", item.file_class as "fileClass",
           item.image_place as "imagePlace", item.path as "fullPath", 0 as depth
      from investigator.item as item join investigator.source as source using (source_id)
     where item.item_id = ${itemId} and item.parent_item_id is null and item.state = 'digested'`.execute(db);
  return rows[0];
};

/** Files of a case by the glob-free beginning of their path, in order. */
export const recordFiles = async (
  db: Db,
  caseRef: string,
  prefix: string,
): Promise<readonly { itemId: number; path: string }[]> => {
  const { rows } = await sql<{ itemId: number; path: string }>`
    select item_id as "itemId", path from investigator.item
     where case_ref = ${caseRef} and parent_item_id is null and state = 'digested' and starts_with(path, ${prefix})
     order by path`.execute(db);
  return rows;
};

export const importOf = async (db: Db | Tx, itemId: number): Promise<ImportId | undefined> => {
  const { rows } = await sql<{ import_id: ImportId }>`
    select import_id from investigator.service_import where item_id = ${itemId}`.execute(db);
  return rows[0]?.import_id;
};

export interface NewImport {
  readonly importId: ImportId;
  readonly item: ArchiveItem;
  readonly format: string;
  readonly by: string;
  readonly at: UtcInstant;
}

/** @returns `taken` where another import of the same file was first */
export const insertImport = async (
  tx: Tx,
  { importId, item, format, by, at }: NewImport,
): Promise<'ours' | 'taken'> => {
  const { rows } = await sql`
    insert into investigator.service_import (import_id, case_ref, item_id, sha256, format, imported, bad, refused,
                                             rows_sha256, imported_at, imported_by)
    values (${importId}, ${item.caseRef}, ${item.itemId}, ${item.sha256}, ${format}, 0, 0, 0, ${'0'.repeat(64)},
            ${at}, ${by})
    on conflict (item_id) do nothing returning import_id`.execute(tx);
  return rows.length === 1 ? 'ours' : 'taken';
};

export const finishImport = async (
  tx: Tx,
  importId: ImportId,
  { imported, bad, refused }: { readonly imported: number; readonly bad: number; readonly refused: number },
): Promise<void> => {
  await sql`
    update investigator.service_import
       set imported = ${imported}, bad = ${bad}, refused = ${refused},
           rows_sha256 = investigator.service_rows_digest(import_id)
     where import_id = ${importId}`.execute(tx);
};

/** A row with the authority that covers it. */
export interface AllowedRow<Row extends ServiceRow = ServiceRow> {
  readonly line: number;
  readonly row: Row;
  readonly authorityId: string;
}

export const insertRows = async (
  tx: Tx,
  { importId, caseRef }: { readonly importId: ImportId; readonly caseRef: string },
  rows: readonly AllowedRow[],
): Promise<void> => {
  const of = <Kind extends ServiceRow['kind']>(kind: Kind) =>
    rows.filter((each) => each.row.kind === kind) as AllowedRow<Extract<ServiceRow, { kind: Kind }>>[];
  const common = (some: readonly AllowedRow[]) =>
    sql`select ${importId}::uuid as import_id, ${caseRef}::text as case_ref, given.* from unnest(
      ${some.map(({ line }) => line)}::integer[], ${some.map(({ authorityId }) => authorityId)}::uuid[]`;
  const accounts = of('account');
  if (accounts.length > 0) {
    const column = <Name extends keyof (typeof accounts)[number]['row']>(name: Name) =>
      accounts.map(({ row }) => row[name]);
    await sql`
      insert into investigator.account (import_id, case_ref, line, authority_id, account, email, registered_at,
                                        registered_from, plan)
      ${common(accounts)}, ${column('account')}::text[], ${column('email')}::text[],
        ${column('registeredAt')}::timestamptz[], ${column('registeredFrom')}::inet[], ${column('plan')}::text[]) as given`.execute(
      tx,
    );
  }
  const accesses = of('access');
  if (accesses.length > 0) {
    const column = <Name extends keyof (typeof accesses)[number]['row']>(name: Name) =>
      accesses.map(({ row }) => row[name]);
    await sql`
      insert into investigator.access (import_id, case_ref, line, authority_id, account, address, port, at, request, status)
      ${common(accesses)}, ${column('account')}::text[], ${column('address')}::inet[], ${column('port')}::integer[],
        ${column('at')}::timestamptz[], ${column('request')}::text[], ${column('status')}::integer[]) as given`.execute(
      tx,
    );
  }
  const events = of('event');
  if (events.length > 0) {
    const column = <Name extends keyof (typeof events)[number]['row']>(name: Name) =>
      events.map(({ row }) => row[name]);
    await sql`
      insert into investigator.service_event (import_id, case_ref, line, authority_id, kind, at, account, reference,
                                              staff, what, amount, currency)
      ${common(events)}, ${column('event')}::text[], ${column('at')}::timestamptz[], ${column('account')}::text[],
        ${column('reference')}::text[], ${column('staff')}::text[], ${column('what')}::text[],
        ${events.map(({ row }) => row.paid?.amount ?? null)}::numeric[],
        ${events.map(({ row }) => row.paid?.currency ?? null)}::text[]) as given`.execute(tx);
  }
  const shares = of('share');
  if (shares.length > 0) {
    const column = <Name extends keyof (typeof shares)[number]['row']>(name: Name) =>
      shares.map(({ row }) => row[name]);
    await sql`
      insert into investigator.share (import_id, case_ref, line, authority_id, sent_at, from_account, to_account, path,
                                      opened_at, deleted_at, reported_at)
      ${common(shares)}, ${column('sentAt')}::timestamptz[], ${column('from')}::text[], ${column('to')}::text[],
        ${column('path')}::text[], ${column('openedAt')}::timestamptz[], ${column('deletedAt')}::timestamptz[],
        ${column('reportedAt')}::timestamptz[]) as given`.execute(tx);
  }
};

export const insertBadRows = async (
  tx: Tx,
  importId: ImportId,
  rows: readonly Extract<ReadRow, { kind: 'bad' }>[],
): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into investigator.service_bad_row (import_id, line, reason)
    select ${importId}::uuid, * from unnest(${rows.map(({ line }) => line)}::integer[],
                                            ${rows.map(({ reason }) => reason)}::text[])`.execute(tx);
};

/** Imports whose rows are no longer what the import vouches for. */
export const changedImports = async (db: Db): Promise<readonly ImportId[]> => {
  const { rows } = await sql<{ import_id: ImportId }>`
    select import_id from investigator.service_import
     where rows_sha256 <> investigator.service_rows_digest(import_id) order by import_id`.execute(db);
  return rows.map(({ import_id }) => import_id);
};
