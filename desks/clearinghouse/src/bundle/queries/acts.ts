import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Label } from '../../triage/judge.js';
import type { BundleKind } from '../keys.js';

export interface BundleRow {
  readonly bundle_id: string;
  readonly kind: BundleKind;
  readonly key: string;
  readonly made_at: UtcInstant;
  readonly dissolved_at: UtcInstant | null;
  readonly decided_label: Label | null;
  readonly decided_reason: string | null;
  readonly decided_by: string | null;
  readonly decided_at: UtcInstant | null;
}

export const findBundle = async (db: Db | Tx, bundleId: string): Promise<BundleRow | undefined> => {
  const { rows } = await sql<BundleRow>`
    select * from clearinghouse.bundle where bundle_id = ${bundleId}::uuid`.execute(db);
  return rows[0];
};

export interface Decision {
  readonly label: Label;
  readonly reason: string;
  readonly by: string;
  readonly at: UtcInstant;
}

/** @param decision `undefined`: nobody has decided any more */
export const setDecision = async (tx: Tx, bundleId: string, decision: Decision | undefined): Promise<void> => {
  await sql`
    update clearinghouse.bundle
       set decided_label = ${decision?.label ?? null}, decided_reason = ${decision?.reason ?? null},
           decided_by = ${decision?.by ?? null}, decided_at = ${decision?.at ?? null}::timestamptz
     where bundle_id = ${bundleId}::uuid`.execute(tx);
};

/** @param at `undefined`: it stands again */
export const setDissolved = async (tx: Tx, bundleId: string, at: UtcInstant | undefined): Promise<void> => {
  await sql`
    update clearinghouse.bundle set dissolved_at = ${at ?? null}::timestamptz
     where bundle_id = ${bundleId}::uuid`.execute(tx);
};

export type Membership = 'member' | 'removed' | 'stranger';

export const membershipOf = async (tx: Tx, bundleId: string, reportNumber: ReportNumber): Promise<Membership> => {
  const { rows } = await sql<{ membership: Membership }>`
    select case when left_at is null then 'member' else 'removed' end as membership from clearinghouse.bundle_member
     where bundle_id = ${bundleId}::uuid and report_number = ${reportNumber}::bigint`.execute(tx);
  return rows[0]?.membership ?? 'stranger';
};

/** @param at `undefined`: it is back */
export const setLeft = async (
  tx: Tx,
  { bundleId, reportNumber }: { readonly bundleId: string; readonly reportNumber: ReportNumber },
  at: UtcInstant | undefined,
): Promise<void> => {
  await sql`
    update clearinghouse.bundle_member set left_at = ${at ?? null}::timestamptz
     where bundle_id = ${bundleId}::uuid and report_number = ${reportNumber}::bigint`.execute(tx);
};

/** Reports' labels as they stand, whoever gave them. */
export const labelsOf = async (tx: Tx, reports: readonly ReportNumber[]): Promise<ReadonlyMap<ReportNumber, Label>> => {
  const { rows } = await sql<{ report_number: ReportNumber; label: Label }>`
    select report_number::text as report_number, label from clearinghouse.standing
     where report_number = any(${reports}::bigint[])`.execute(tx);
  return new Map(rows.map(({ report_number, label }) => [report_number, label]));
};
