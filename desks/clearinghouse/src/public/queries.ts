import type { UtcInstant } from '@tutela/core';
import type { ReporterId, ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';

export const insertReceipt = async (
  tx: Tx,
  row: { readonly report_number: ReportNumber; readonly code_sha256: Buffer; readonly received_at: UtcInstant },
): Promise<void> => {
  await sql`
    insert into clearinghouse.public_receipt (report_number, code_sha256, received_at)
    values (${row.report_number}::bigint, ${row.code_sha256}, ${row.received_at})`.execute(tx);
};

/** What a citizen may know of a report: whether somebody judged it, and whether it went to an authority. */
export type PublicState = 'received' | 'judged' | 'passed-on';

export const stateOfReceipt = async (
  db: Db,
  codeSha256: Buffer,
): Promise<{ readonly state: PublicState; readonly receivedAt: UtcInstant } | undefined> => {
  const { rows } = await sql<{ state: PublicState; receivedAt: UtcInstant }>`
    select received_at as "receivedAt",
           case when exists (select from clearinghouse.referral_member as member
                               join clearinghouse.referral using (referral_id)
                              where member.report_number = receipt.report_number
                                and state not in ('recalled', 'superseded')) then 'passed-on'
                when exists (select from clearinghouse.triage
                              where triage.report_number = receipt.report_number) then 'judged'
                else 'received' end as state
      from clearinghouse.public_receipt as receipt where code_sha256 = ${codeSha256}`.execute(db);
  return rows[0];
};

/** Held until the transaction ends, known or not, so that of two at once one finds the other's. */
export const findReference = async (
  tx: Tx,
  reporterId: ReporterId,
  reference: string,
): Promise<{ readonly report_number: ReportNumber; readonly content_sha256: Buffer } | undefined> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`clearinghouse.reference/${reporterId}/${reference}`}))`.execute(
    tx,
  );
  const { rows } = await sql<{ report_number: ReportNumber; content_sha256: Buffer }>`
    select report_number::text as report_number, content_sha256 from clearinghouse.partner_reference
     where reporter_id = ${reporterId} and reference = ${reference}`.execute(tx);
  return rows[0];
};

export const insertReference = async (
  tx: Tx,
  row: {
    readonly reporter_id: ReporterId;
    readonly reference: string;
    readonly report_number: ReportNumber;
    readonly content_sha256: Buffer;
  },
): Promise<void> => {
  await sql`
    insert into clearinghouse.partner_reference (reporter_id, reference, report_number, content_sha256)
    values (${row.reporter_id}, ${row.reference}, ${row.report_number}::bigint, ${row.content_sha256})`.execute(tx);
};
