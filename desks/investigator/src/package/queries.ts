import type { Db, Tx } from '@tutela/db';
import type { MissingProof } from '@tutela/evidence';
import type { RequestDigest } from '@tutela/policy';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { InvestigatorTables, ReportId } from '../schema.js';
import type { PackageState, PackageTable, PackageTables } from './schema.js';

export type PackageRow = Selectable<PackageTable>;

const tables = (db: Db | Tx) => db.withTables<PackageTables & InvestigatorTables>();

/** @returns `undefined` where a package of that name is there */
export const insertPackage = (tx: Tx, row: Insertable<PackageTable>): Promise<PackageRow | undefined> =>
  tables(tx)
    .insertInto('investigator.package')
    .values(row)
    .onConflict((conflict) => conflict.column('package').doNothing())
    .returningAll()
    .executeTakeFirst();

export const findPackage = (
  db: Db | Tx,
  by: { readonly package: string } | { readonly request: RequestDigest },
): Promise<PackageRow | undefined> => {
  const query = tables(db).selectFrom('investigator.package').selectAll();
  return (
    'request' in by ? query.where('request', '=', by.request) : query.where('package', '=', by.package)
  ).executeTakeFirst();
};

/** The newest first, of one case or of all. */
export const listPackages = (
  db: Db,
  asked: { readonly caseRef?: string | undefined; readonly limit: number },
): Promise<readonly PackageRow[]> => {
  let query = tables(db).selectFrom('investigator.package').selectAll();
  if (asked.caseRef !== undefined) query = query.where('case_ref', '=', asked.caseRef);
  return query.orderBy('drafted_at', 'desc').orderBy('request').limit(asked.limit).execute();
};

/** The next try; `undefined` where the package is written or under way. */
export const beginTry = (
  tx: Tx,
  request: RequestDigest,
  from: readonly PackageState[],
): Promise<PackageRow | undefined> =>
  tables(tx)
    .updateTable('investigator.package')
    .set((on) => ({ state: 'exporting', why: null, tries: on('tries', '+', 1) }))
    .where('request', '=', request)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();

/** How a try ended that wrote nothing; of the newest try alone. */
export const noteEnd = async (
  tx: Tx,
  { request, tries }: Pick<PackageRow, 'request' | 'tries'>,
  ended: { readonly state: 'waiting' | 'failed'; readonly why: string },
): Promise<void> => {
  await tables(tx)
    .updateTable('investigator.package')
    .set(ended)
    .where('request', '=', request)
    .where('tries', '=', tries)
    .where('state', '=', 'exporting')
    .execute();
};

export interface WrittenFacts {
  readonly contents: string;
  readonly events: number;
  readonly zip_sha256: string;
  readonly zip_bytes: number;
  readonly missing: readonly MissingProof[];
  readonly written_at: NonNullable<PackageRow['written_at']>;
}

/** @returns `undefined` where it was noted before */
export const noteWritten = (
  tx: Tx,
  request: RequestDigest,
  { missing, ...facts }: WrittenFacts,
): Promise<PackageRow | undefined> =>
  tables(tx)
    .updateTable('investigator.package')
    .set({ ...facts, missing: JSON.stringify(missing), state: 'written', why: null })
    .where('request', '=', request)
    .where('state', '<>', 'written')
    .returningAll()
    .executeTakeFirst();

export const readDocument = async (db: Db, reportId: ReportId): Promise<Buffer> => {
  const query = tables(db).selectFrom('investigator.report').select('document').where('report_id', '=', reportId);
  return (await query.executeTakeFirstOrThrow()).document;
};

/** The events of a case that are in the log, in its order: their entries as JSON. */
export const listCaseEntries = async (
  db: Db,
  caseRef: string,
): Promise<readonly { readonly seq: number; readonly entry: string }[]> => {
  const { rows } = await sql<{ seq: number; entry: string }>`
    select leaf.case_seq::int as seq, event.entry
      from ledger.leaf join ledger.event on event.id = leaf.event_id
     where leaf.case_ref = ${caseRef} order by leaf.case_seq`.execute(db);
  return rows;
};

/** How many events of a case are in the log up to this one. */
export const countThrough = async (db: Db, caseRef: string, type: string, subject: string): Promise<number> => {
  const { rows } = await sql<{ seq: number }>`
    select leaf.case_seq::int as seq
      from ledger.leaf join ledger.event on event.id = leaf.event_id
     where leaf.case_ref = ${caseRef}
       and event.entry::jsonb ->> 'type' = ${type} and event.entry::jsonb -> 'subjects' ? ${subject}
     order by leaf.case_seq desc limit 1`.execute(db);
  return rows[0]?.seq ?? 0;
};

export interface GapCounts {
  readonly exhibitsWithoutDigest: number;
  readonly exhibitsWithoutCustody: number;
  readonly observationsUnconfirmed: number;
  readonly ordersUnanswered: number;
  readonly passesNotEnded: number;
  readonly archivesLocked: number;
  readonly seizedFiles: number;
}

/** What a case lacks, or what of it no package holds. */
export const countGaps = async (db: Db, caseRef: string): Promise<GapCounts> => {
  const { rows } = await sql<GapCounts>`
    select (select count(*) from investigator.exhibit where case_ref = ${caseRef} and sha256 is null)
             as "exhibitsWithoutDigest",
           (select count(*) from investigator.exhibit as one where case_ref = ${caseRef}
               and not exists (select from investigator.custody_event told where told.exhibit_id = one.exhibit_id))
             as "exhibitsWithoutCustody",
           (select count(*) from investigator.observation as seen
             where case_ref = ${caseRef} and state = 'usable' and entry = 'transcribed'
               and not exists (select from investigator.observation_confirmation as one
                                where one.observation_id = seen.observation_id)) as "observationsUnconfirmed",
           (select count(*) from investigator.provider_order
             where case_ref = ${caseRef} and state in ('draft', 'sending', 'waiting')) as "ordersUnanswered",
           (select count(*) from investigator.pass where case_ref = ${caseRef} and state <> 'ended') as "passesNotEnded",
           (select count(*) from investigator.archive_set
             where case_ref = ${caseRef} and state in ('locked', 'sealed', 'exhausted', 'undecidable')) as "archivesLocked",
           (select count(*) from investigator.item where case_ref = ${caseRef}) as "seizedFiles"`.execute(db);
  return rows[0] as GapCounts;
};
