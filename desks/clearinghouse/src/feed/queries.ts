import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import type { FeedEntry } from '@tutela/feed';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { ReferralRow } from '../referral/queries/referrals.js';
import type { AuthorityId, FeedbackTable, FeedCredentialTable, ReferralId } from '../referral/schema.js';
import { routingTables } from '../referral/tables.js';

export const putCredential = async (tx: Tx, row: FeedCredentialTable): Promise<void> => {
  const { authority_id: _, ...change } = row;
  await routingTables(tx)
    .insertInto('clearinghouse.feed_credential')
    .values(row)
    .onConflict((conflict) => conflict.column('authority_id').doUpdateSet(change))
    .execute();
};

/** Of an active authority. */
export const findCredential = (db: Db, authorityId: string): Promise<Selectable<FeedCredentialTable> | undefined> =>
  routingTables(db)
    .selectFrom('clearinghouse.feed_credential as credential')
    .innerJoin('clearinghouse.authority as authority', 'authority.authority_id', 'credential.authority_id')
    .selectAll('credential')
    .where('credential.authority_id', '=', authorityId as AuthorityId)
    .where('standing', '=', 'active')
    .executeTakeFirst();

export interface EntryRow
  extends Pick<
    ReferralRow,
    'referral_id' | 'kind' | 'country' | 'label' | 'lane' | 'incident_type' | 'reports' | 'made_at' | 'state'
  > {
  readonly position: number;
  readonly change: FeedEntry['change'];
  readonly at: UtcInstant;
}

/** An authority's own entries above a position, ascending. */
export const listEntries = async (
  db: Db,
  { authorityId, since, limit }: { readonly authorityId: AuthorityId; readonly since: number; readonly limit: number },
): Promise<readonly EntryRow[]> => {
  const { rows } = await sql<EntryRow>`
    select position::int, change, entry.at, referral_id, kind, country, label, lane, incident_type, reports, made_at, state
      from clearinghouse.feed_entry as entry join clearinghouse.referral using (referral_id)
     where entry.authority_id = ${authorityId} and referral.authority_id = ${authorityId} and position > ${since}
     order by position limit ${limit}`.execute(db);
  return rows;
};

export const isMember = async (
  tx: Tx,
  referralId: ReferralId,
  reportNumber: ReportNumber,
): Promise<'member' | 'no'> => {
  const { rows } = await sql`
    select from clearinghouse.referral_member
     where referral_id = ${referralId} and report_number = ${reportNumber}::bigint`.execute(tx);
  return rows.length === 1 ? 'member' : 'no';
};

export const insertFeedback = async (tx: Tx, feedback: Insertable<FeedbackTable>): Promise<void> => {
  await routingTables(tx).insertInto('clearinghouse.feedback').values(feedback).execute();
};

export interface Counted {
  readonly name: string;
  readonly n: number;
}

export const countReferralsByState = async (db: Db, authorityId: AuthorityId): Promise<readonly Counted[]> => {
  const { rows } = await sql<Counted>`
    select state as name, count(*)::int as n from clearinghouse.referral
     where authority_id = ${authorityId} group by 1 order by 1`.execute(db);
  return rows;
};

/**
 * Reports by the newest word on each: one authority's own, or those that one reporter filed. A word on a whole referral
 * is a word on each of its reports.
 */
const newestWords = (whose: 'authority' | 'reporter', id: string) => sql`
  select distinct on (referral_id, report_number) referral_id, report_number, usefulness, outcome
    from (select given.referral_id, member.report_number, usefulness, outcome, ordinal
            from clearinghouse.feedback as given
            join clearinghouse.referral using (referral_id)
            join clearinghouse.referral_member as member
              on member.referral_id = given.referral_id
             and (given.report_number is null or given.report_number = member.report_number)
            join clearinghouse.report on report.report_number = member.report_number
           where case ${whose}::text when 'authority' then referral.authority_id = ${id}
                                     else reporter_id::text = ${id} end) as words
   order by referral_id, report_number, ordinal desc`;

export const countWords = async (
  db: Db,
  by: 'usefulness' | 'outcome',
  { whose, id }: { readonly whose: 'authority' | 'reporter'; readonly id: string },
): Promise<readonly Counted[]> => {
  const { rows } = await sql<Counted>`
    select ${sql.ref(by)} as name, count(*)::int as n from (${newestWords(whose, id)}) as words
     group by 1 order by 1`.execute(db);
  return rows;
};

export const countReports = async (db: Db, authorityId: AuthorityId): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(distinct member.report_number)::int as n
      from clearinghouse.referral join clearinghouse.referral_member as member using (referral_id)
     where authority_id = ${authorityId} and state not in ('recalled', 'superseded')`.execute(db);
  return rows[0]?.n ?? 0;
};

/** Of one reporter's finished reports, how many were referred anywhere. */
export const countFiled = async (
  db: Db,
  reporterId: string,
): Promise<{ readonly finished: number; readonly referred: number }> => {
  const { rows } = await sql<{ finished: number; referred: number }>`
    select count(*)::int as finished,
           count(*) filter (where exists (
             select from clearinghouse.referral_member as member join clearinghouse.referral using (referral_id)
              where member.report_number = report.report_number and referral.state <> 'recalled'))::int as referred
      from clearinghouse.report where reporter_id::text = ${reporterId} and state = 'finished'`.execute(db);
  return rows[0] ?? { finished: 0, referred: 0 };
};
