import type { Branded, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import type { CoveredTable } from '@tutela/ledger/postgres';
import { type ColumnType, type Insertable, type Selectable, sql } from 'kysely';
import type { Deadline } from './clock.js';
import type { RequestKind, RequestRecord } from './record.js';

export type RequestId = Branded<string, 'clearinghouse.RequestId'>;
export type RequestState = 'draft' | 'sent' | 'answered' | 'refused' | 'withdrawn' | 'expired';

export interface RequestTable {
  readonly request_id: RequestId;
  readonly kind: RequestKind;
  readonly record: ColumnType<RequestRecord, string, never>;
  readonly record_sha256: string;
  readonly report_number: ColumnType<ReportNumber | null, ReportNumber | null, never>;
  readonly preserved_by: RequestId | null;
  readonly renews: RequestId | null;
  readonly state: RequestState;
  readonly made_at: UtcInstant;
  readonly made_by: string;
  readonly sent_at: UtcInstant | null;
  readonly sent_by: string | null;
  readonly receipt: string | null;
  readonly settled_at: UtcInstant | null;
  readonly settled_by: string | null;
  readonly note: string | null;
}

export interface RequestDocumentTable {
  readonly request_id: RequestId;
  readonly form: 'text' | 'pdf';
  readonly language: 'en' | 'es' | 'pt-BR';
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly made_at: UtcInstant;
}

export interface RequestDeadlineTable extends Deadline {
  readonly request_id: RequestId;
  readonly reminded_at: UtcInstant | null;
  readonly state: 'running' | 'met' | 'passed';
}

type RequestTables = {
  readonly 'clearinghouse.request': RequestTable;
  readonly 'clearinghouse.request_document': RequestDocumentTable;
  readonly 'clearinghouse.request_deadline': RequestDeadlineTable;
};
const tables = (db: Db | Tx) => db.withTables<RequestTables>();

export const requestCoveredTables: readonly CoveredTable[] = [
  { table: 'clearinghouse.request', key: ['request_id'] },
  { table: 'clearinghouse.request_document', key: ['request_id', 'form'] },
  { table: 'clearinghouse.request_deadline', key: ['request_id', 'kind'] },
];

export type RequestRow = Selectable<RequestTable>;
export type DeadlineRow = Selectable<RequestDeadlineTable>;

const columns = [
  'request_id',
  'kind',
  'record',
  'record_sha256',
  sql<ReportNumber | null>`report_number::text`.as('report_number'),
  'preserved_by',
  'renews',
  'state',
  'made_at',
  'made_by',
  'sent_at',
  'sent_by',
  'receipt',
  'settled_at',
  'settled_by',
  'note',
] as const;

export const insertRequest = async (
  tx: Tx,
  request: Insertable<RequestTable>,
  documents: readonly Insertable<RequestDocumentTable>[],
): Promise<void> => {
  await tables(tx).insertInto('clearinghouse.request').values(request).execute();
  await tables(tx)
    .insertInto('clearinghouse.request_document')
    .values([...documents])
    .execute();
};

export const findRequest = (db: Db | Tx, requestId: RequestId): Promise<RequestRow | undefined> =>
  tables(db)
    .selectFrom('clearinghouse.request')
    .select([...columns])
    .where('request_id', '=', requestId)
    .executeTakeFirst();

/** Held until the transaction ends. */
export const lockRequest = (tx: Tx, requestId: RequestId): Promise<RequestRow | undefined> =>
  tables(tx)
    .selectFrom('clearinghouse.request')
    .select([...columns])
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();

export const findRenewal = async (tx: Tx, requestId: RequestId): Promise<RequestId | undefined> => {
  const query = tables(tx).selectFrom('clearinghouse.request').select('request_id').where('renews', '=', requestId);
  return (await query.executeTakeFirst())?.request_id;
};

export const changeRequest = async (
  tx: Tx,
  requestId: RequestId,
  change: Partial<
    Pick<Insertable<RequestTable>, 'state' | 'sent_at' | 'sent_by' | 'receipt' | 'settled_at' | 'settled_by' | 'note'>
  >,
): Promise<void> => {
  await tables(tx).updateTable('clearinghouse.request').set(change).where('request_id', '=', requestId).execute();
};

export const documentsOfRequest = (
  db: Db,
  requestId: RequestId,
): Promise<readonly Selectable<RequestDocumentTable>[]> =>
  tables(db)
    .selectFrom('clearinghouse.request_document')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('form')
    .execute();

export const findDocument = (
  db: Db,
  requestId: RequestId,
  form: 'text' | 'pdf',
): Promise<Selectable<RequestDocumentTable> | undefined> =>
  tables(db)
    .selectFrom('clearinghouse.request_document')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('form', '=', form)
    .executeTakeFirst();

export const insertDeadlines = async (tx: Tx, requestId: RequestId, deadlines: readonly Deadline[]): Promise<void> => {
  await tables(tx)
    .insertInto('clearinghouse.request_deadline')
    .values(
      deadlines.map((deadline) => ({
        ...deadline,
        request_id: requestId,
        reminded_at: null,
        state: 'running' as const,
      })),
    )
    .execute();
};

export const changeDeadline = async (
  tx: Tx,
  { request_id, kind }: Pick<DeadlineRow, 'request_id' | 'kind'>,
  change: Partial<Pick<DeadlineRow, 'reminded_at' | 'state'>>,
): Promise<void> => {
  await tables(tx)
    .updateTable('clearinghouse.request_deadline')
    .set(change)
    .where('request_id', '=', request_id)
    .where('kind', '=', kind)
    .execute();
};

export const deadlinesOfRequest = (db: Db | Tx, id: RequestId): Promise<readonly DeadlineRow[]> =>
  tables(db)
    .selectFrom('clearinghouse.request_deadline')
    .selectAll()
    .where('request_id', '=', id)
    .orderBy('kind')
    .execute();

/** Running ones that somebody is to be reminded of, or that are over; locked, what another has locked left out. */
export const dueDeadlines = (tx: Tx, now: UtcInstant, limit: number): Promise<readonly DeadlineRow[]> =>
  tables(tx)
    .selectFrom('clearinghouse.request_deadline')
    .selectAll()
    .where('state', '=', 'running')
    .where((or) => or.or([or('at', '<=', now), or.and([or('remind_at', '<=', now), or('reminded_at', 'is', null)])]))
    .orderBy('at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

/** Running deadlines of which somebody was reminded, the next first. */
export const nearDeadlines = (db: Db, limit: number): Promise<readonly DeadlineRow[]> =>
  tables(db)
    .selectFrom('clearinghouse.request_deadline')
    .selectAll()
    .where((or) =>
      or.or([or.and([or('state', '=', 'running'), or('reminded_at', 'is not', null)]), or('state', '=', 'passed')]),
    )
    .orderBy('at')
    .limit(limit)
    .execute();

export const listRequests = async (
  db: Db,
  page: {
    readonly before?: { readonly at: UtcInstant; readonly id: string };
    readonly limit: number;
    readonly state?: RequestState;
    readonly kind?: RequestKind;
  },
): Promise<readonly RequestRow[]> => {
  let query = tables(db)
    .selectFrom('clearinghouse.request')
    .select([...columns])
    .orderBy('made_at', 'desc')
    .orderBy('request_id', 'desc')
    .limit(page.limit);
  const { before } = page;
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  if (page.kind !== undefined) query = query.where('kind', '=', page.kind);
  if (before !== undefined) {
    query = query.where(sql<boolean>`(made_at, request_id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  }
  return await query.execute();
};
