import { toInstant } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent, type EventPlace, findPlace, type OpeningSeal } from '@tutela/ledger/postgres';
import type { ApprovalSite, RequestDigest } from '@tutela/policy';
import { consumeApproval } from '@tutela/policy/postgres';
import { type Kysely, sql } from 'kysely';
import { type ExportedPayload, exportedEvent } from '../format/index.js';
import type { ExportFacts, ExportRecord } from '../package/ports.js';

const table = 'evidence.package';
const columns = ['package', 'case_ref', 'contents', 'created_at', 'exported_by'] as const;

export const findExport = async (db: Kysely<unknown>, request: string): Promise<ExportRecord | undefined> => {
  const { rows } = await sql<{ contents: string; created_at: Date | string; case_ref: string }>`
    select contents, created_at, case_ref from evidence.package where request = ${request}`.execute(db);
  const [row] = rows;
  return row && { contents: row.contents, createdAt: toInstant(new Date(row.created_at)), caseRef: row.case_ref };
};

/** Whether another request has given a package of this name. */
export const isTaken = async (
  db: Kysely<unknown>,
  { name, request }: { readonly name: string; readonly request: string },
): Promise<'taken' | 'free'> => {
  const { rows } = await sql`
    select from evidence.package where package = ${name} and request <> ${request}`.execute(db);
  return rows.length === 0 ? 'free' : 'taken';
};

/** Where the event of the export stands; `undefined` before it has its place in the log. */
export const placeOfExport = (db: Kysely<unknown>, request: string): Promise<EventPlace | undefined> =>
  findPlace(db, { table, key: { request } });

export interface Exporting {
  readonly site: ApprovalSite;
  readonly at: ExportFacts['createdAt'];
  readonly seal?: OpeningSeal | undefined;
}

/** The approval is used, the row is written and the event appended in one transaction, in this order. */
export const exportOnce = (db: Db, { digest, request, contents, createdAt, by }: ExportFacts, exporting: Exporting) =>
  inTransaction(db, async (tx) => {
    const { site, at, seal } = exporting;
    const { action, caseRef, content } = request;
    const use = { digest: digest as RequestDigest, action, caseRef, content, by, at };
    const consumed = await consumeApproval(tx, site, use);
    if (consumed.kind !== 'done') return consumed;
    await sql`
      insert into evidence.package (request, package, case_ref, contents, created_at, exported_by)
      values (${digest}, ${content.package}, ${content.case}, ${contents}, ${createdAt}, ${by})`.execute(tx);
    const payload: ExportedPayload = { package: content.package, contents, request: digest };
    await appendEvent(tx, {
      type: exportedEvent,
      actor: by,
      at,
      subjects: [content.package],
      payload: { ...payload },
      effects: [{ kind: 'written', table, key: { request: digest }, columns }],
      caseRef: content.case,
      ...(seal && { seal }),
    });
    return consumed;
  });

/** Holds the writing of one package; gone with the connection when the process dies. */
export const holdingPackage = <T>(
  db: Db,
  request: string,
  write: (held: 'held' | 'elsewhere') => Promise<T>,
): Promise<T> =>
  db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`tutela.evidence.package ${request}`}, 0)`;
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${key}) as ours`.execute(connection);
    if (!rows[0]?.ours) return write('elsewhere');
    try {
      return await write('held');
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
