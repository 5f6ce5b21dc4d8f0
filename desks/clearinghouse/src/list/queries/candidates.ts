import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { BatchId, CandidateId, Fingerprints, ListId, ListTables } from '../schema.js';
import { listTables } from './tables.js';

type CandidateTable = ListTables['clearinghouse.list_candidate'];
export type VerdictRow = ListTables['clearinghouse.list_verdict'];

export const insertCandidate = async (
  tx: Tx,
  row: Pick<CandidateTable, 'candidate_id' | 'list_id' | 'media' | 'origin' | 'origin_ref' | 'received_at'> & {
    readonly fingerprints: string;
  },
): Promise<void> => {
  await listTables(tx).insertInto('clearinghouse.list_candidate').values(row).execute();
};

/** Gives how many of them were free and belong to this list. */
export const attachCandidates = async (
  tx: Tx,
  list: ListId,
  candidates: readonly CandidateId[],
  batch: BatchId,
): Promise<number> => {
  const { rows } = await sql`
    update clearinghouse.list_candidate candidate set batch_id = ${batch}
     where list_id = ${list} and candidate_id = any(${candidates}::uuid[])
       and not exists (select from clearinghouse.list_batch held join policy.approval_request request
                           on request.digest = held.request_digest
                        where held.batch_id = candidate.batch_id and request.state <> 'refused')
    returning candidate_id`.execute(tx);
  return rows.length;
};

export interface WaitingCandidate {
  readonly candidate_id: CandidateId;
  readonly media: CandidateTable['media'];
  readonly fingerprints: Fingerprints;
  readonly origin: CandidateTable['origin'];
  readonly origin_ref: string;
  readonly received_at: CandidateTable['received_at'];
  readonly verdicts: readonly {
    readonly classifier: string;
    readonly version: string;
    readonly label: string;
    readonly score: number;
  }[];
}

/** Oldest first. What programs think of them is shown beside and orders nothing. */
export const waitingCandidates = async (db: Db, list: ListId, limit: number): Promise<readonly WaitingCandidate[]> => {
  const { rows } = await sql<WaitingCandidate>`
    select candidate_id, media, fingerprints, origin, origin_ref, received_at,
           coalesce((select jsonb_agg(jsonb_build_object('classifier', classifier, 'version', classifier_version,
                                                         'label', label, 'score', score) order by classifier)
                       from clearinghouse.list_verdict verdict
                      where verdict.candidate_id = candidate.candidate_id), '[]') as verdicts
      from clearinghouse.list_candidate candidate
     where list_id = ${list} and batch_id is null order by received_at, candidate_id limit ${limit}`.execute(db);
  return rows;
};

export const findCandidate = async (
  db: Db | Tx,
  candidate: CandidateId,
): Promise<Pick<CandidateTable, 'list_id' | 'media'> | undefined> =>
  await listTables(db)
    .selectFrom('clearinghouse.list_candidate')
    .select(['list_id', 'media'])
    .where('candidate_id', '=', candidate)
    .executeTakeFirst();

export const insertVerdict = async (tx: Tx, row: VerdictRow): Promise<void> => {
  await listTables(tx).insertInto('clearinghouse.list_verdict').values(row).execute();
};
