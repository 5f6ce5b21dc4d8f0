import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type RawBuilder, sql } from 'kysely';
import type { FingerprintRunId } from '../schema.js';

export interface FingerprintRun {
  readonly runId: FingerprintRunId;
  readonly caseRef: string;
  readonly state: 'running' | 'ended';
  /** SHA-256 with which each unit's contents begin. */
  readonly bounds: readonly string[];
  readonly contents: number;
  readonly startedAt: UtcInstant;
  readonly startedBy: string;
  readonly finishedAt: UtcInstant | null;
}

const columns = sql`run_id as "runId", case_ref as "caseRef", state, bounds, contents, started_at as "startedAt",
  started_by as "startedBy", finished_at as "finishedAt"`;
const first = async (db: Db | Tx, query: RawBuilder<FingerprintRun>): Promise<FingerprintRun | undefined> =>
  (await query.execute(db)).rows[0];

export const findRun = (db: Db | Tx, runId: FingerprintRunId): Promise<FingerprintRun | undefined> =>
  first(db, sql`select ${columns} from investigator.fingerprint_run where run_id = ${runId}`);

/** Held until the transaction ends: of two units that finish at once, the second sees the first. */
export const lockRun = (tx: Tx, runId: FingerprintRunId): Promise<FingerprintRun | undefined> =>
  first(tx, sql`select ${columns} from investigator.fingerprint_run where run_id = ${runId} for no key update`);

/** The run that is under way, or ended last. */
export const latestRun = (db: Db | Tx, caseRef: string): Promise<FingerprintRun | undefined> =>
  first(
    db,
    sql`select ${columns} from investigator.fingerprint_run where case_ref = ${caseRef}
         order by (state = 'running') desc, started_at desc, run_id limit 1`,
  );

export const runState = async (db: Db, runId: FingerprintRunId): Promise<FingerprintRun['state']> =>
  (await findRun(db, runId))?.state ?? 'ended';

/** Units of a run at most; beyond, each has more contents. */
const mostUnits = 1000;

export interface Plan {
  readonly bounds: readonly string[];
  readonly contents: number;
}

/** What was not looked at yet under the authority that read it, in shares of about as many contents. */
export const planRun = async (tx: Tx, caseRef: string, unitContents: number): Promise<Plan> => {
  const { rows } = await sql<{ sha256: string; contents: number }>`
    with wanted as (
      select distinct sha256 from investigator.item as item
       where case_ref = ${caseRef} and file_class = 'picture' and state = 'digested'
         and not exists (select from investigator.picture as picture
                          where picture.case_ref = item.case_ref and picture.authority_id = item.authority_id
                            and picture.sha256 = item.sha256 and picture.outcome <> 'unread')),
    numbered as (
      select sha256, row_number() over (order by sha256) - 1 as number, count(*) over () as contents from wanted)
    select sha256, contents from numbered
     where number % greatest(${unitContents}::bigint, ceil(contents / ${mostUnits}::numeric)::bigint) = 0
     order by sha256`.execute(tx);
  return { bounds: rows.map(({ sha256 }) => sha256), contents: rows[0]?.contents ?? 0 };
};

export const insertRun = async (
  tx: Tx,
  run: Pick<FingerprintRun, 'runId' | 'caseRef' | 'bounds' | 'contents' | 'startedAt' | 'startedBy'>,
): Promise<void> => {
  await sql`
    insert into investigator.fingerprint_run (run_id, case_ref, state, bounds, contents, started_at, started_by)
    values (${run.runId}, ${run.caseRef}, 'running', ${run.bounds}::text[], ${run.contents}, ${run.startedAt},
            ${run.startedBy})`.execute(tx);
};

export const endRun = async (tx: Tx, runId: FingerprintRunId, at: UtcInstant): Promise<void> => {
  await sql`update investigator.fingerprint_run set state = 'ended', finished_at = ${at} where run_id = ${runId}`.execute(
    tx,
  );
};

export const unitIsWritten = async (
  db: Db | Tx,
  runId: FingerprintRunId,
  place: number,
): Promise<'written' | 'waiting'> => {
  const { rows } = await sql`
    select from investigator.fingerprint_unit where run_id = ${runId} and place = ${place}`.execute(db);
  return rows.length > 0 ? 'written' : 'waiting';
};

export interface NewUnit {
  readonly unitId: string;
  readonly runId: FingerprintRunId;
  readonly caseRef: string;
  readonly place: number;
  readonly state: 'done' | 'stopped-by-authority';
  readonly reason: string | null;
  readonly items: number;
  readonly refused: number;
  readonly contents: number;
  readonly decoded: number;
  readonly milliseconds: number;
  readonly finishedAt: UtcInstant;
}

/** Pictures may name it from here on; `sealUnit` takes their digest in the same transaction. */
export const insertUnit = async (tx: Tx, unit: NewUnit): Promise<void> => {
  await sql`
    insert into investigator.fingerprint_unit (unit_id, run_id, case_ref, place, state, reason, items, refused, contents,
                                               decoded, milliseconds, rows_sha256, finished_at)
    values (${unit.unitId}, ${unit.runId}, ${unit.caseRef}, ${unit.place}, ${unit.state}, ${unit.reason}, ${unit.items},
            ${unit.refused}, ${unit.contents}, ${unit.decoded}, ${unit.milliseconds}, '', ${unit.finishedAt})`.execute(
    tx,
  );
};

export const sealUnit = async (tx: Tx, unitId: string): Promise<void> => {
  await sql`
    update investigator.fingerprint_unit set rows_sha256 = investigator.fingerprint_unit_digest(unit_id)
     where unit_id = ${unitId}`.execute(tx);
};

/** Units whose pictures are not those they were written with. */
export const changedUnits = async (db: Db, caseRef: string): Promise<readonly string[]> =>
  (
    await sql<{ unit_id: string }>`
      select unit_id from investigator.fingerprint_unit
       where case_ref = ${caseRef} and rows_sha256 <> investigator.fingerprint_unit_digest(unit_id)
       order by unit_id`.execute(db)
  ).rows.map(({ unit_id }) => unit_id);

export const writtenPlaces = async (db: Db | Tx, runId: FingerprintRunId): Promise<readonly number[]> =>
  (
    await sql<{ place: number }>`
      select place from investigator.fingerprint_unit where run_id = ${runId} order by place`.execute(db)
  ).rows.map(({ place }) => place);

export interface RunCounts {
  readonly units: number;
  readonly stopped: number;
  readonly items: number;
  readonly refused: number;
  readonly contents: number;
  readonly decoded: number;
  /** Contents of units finished since a moment. */
  readonly lately: number;
}

export const countRun = async (db: Db, runId: FingerprintRunId, since: UtcInstant): Promise<RunCounts> => {
  const { rows } = await sql<RunCounts>`
    select count(*) as units, count(*) filter (where state <> 'done') as stopped,
           coalesce(sum(items), 0)::bigint as items, coalesce(sum(refused), 0)::bigint as refused,
           coalesce(sum(contents), 0)::bigint as contents, coalesce(sum(decoded), 0)::bigint as decoded,
           coalesce(sum(contents) filter (where finished_at >= ${since}), 0)::bigint as lately
      from investigator.fingerprint_unit where run_id = ${runId}`.execute(db);
  return rows[0] as RunCounts;
};
