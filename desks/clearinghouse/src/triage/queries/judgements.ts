import type { JsonObject, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Facts, Label, Lane } from '../judge.js';
import type { TriagePolicy, VersionedPolicy } from '../policy.js';

export interface JudgementRow {
  readonly report_number: ReportNumber;
  readonly version: number;
  readonly policy_version: string;
  readonly lane: Lane;
  readonly label: Label;
  readonly label_reason: string;
  /** `policy`, or the pseudonym of a person. */
  readonly labelled_by: string;
  readonly completeness: number;
  readonly priority: number;
  readonly facts: Facts;
  readonly triaged_at: UtcInstant;
}

export const insertJudgements = async (tx: Tx, rows: readonly JudgementRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into clearinghouse.triage
    select * from jsonb_populate_recordset(null::clearinghouse.triage, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
};

const judgement = sql`
  report_number::text as report_number, version, policy_version, lane, label, label_reason, labelled_by,
  completeness, priority, facts, triaged_at`;

/** Every judgement of a report, the newest first. */
export const listJudgements = async (db: Db | Tx, reportNumber: ReportNumber): Promise<readonly JudgementRow[]> => {
  const { rows } = await sql<JudgementRow>`
    select ${judgement} from clearinghouse.triage
     where report_number = ${reportNumber}::bigint order by version desc`.execute(db);
  return rows;
};

/** @returns `adopted` if the installation did not know the policy */
export const insertPolicy = async (
  tx: Tx,
  { version, sha256, policy }: VersionedPolicy,
  at: UtcInstant,
): Promise<'adopted' | 'known'> => {
  const { rows } = await sql`
    insert into clearinghouse.triage_policy (policy_version, content, sha256, adopted_at)
    values (${version}, ${JSON.stringify(policy)}::jsonb, ${sha256}, ${at}::timestamptz)
        on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0 ? 'adopted' : 'known';
};

export interface PolicyRow {
  readonly policy_version: string;
  readonly content: TriagePolicy;
  readonly sha256: string;
  readonly adopted_at: UtcInstant;
}

/** The newest first. */
export const listPolicies = async (db: Db): Promise<readonly PolicyRow[]> => {
  const { rows } = await sql<PolicyRow>`
    select policy_version, content, sha256, adopted_at from clearinghouse.triage_policy
     order by adopted_at desc, policy_version`.execute(db);
  return rows;
};

export const findPolicy = async (db: Db, version: string): Promise<PolicyRow | undefined> => {
  const { rows } = await sql<PolicyRow>`
    select policy_version, content, sha256, adopted_at from clearinghouse.triage_policy
     where policy_version = ${version}`.execute(db);
  return rows[0];
};

/** Reports judged by another policy than this wait to be judged again. @returns how many */
export const queueJudgedByOthers = async (tx: Tx, policyVersion: string, at: UtcInstant): Promise<number> => {
  const { rows } = await sql<{ count: number } & JsonObject>`
    with queued as (
      insert into clearinghouse.triage_pending (report_number, lane, queued_at)
      select report_number, lane, ${at}::timestamptz from clearinghouse.standing
       where policy_version <> ${policyVersion}
          on conflict do nothing returning 1
    )
    select count(*)::int as count from queued`.execute(tx);
  return rows[0]?.count ?? 0;
};
