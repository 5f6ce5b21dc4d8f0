import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { CaseSummary } from '../case/queries.js';

/** Newest first, below `before`: the opening of a case and its reference. */
export const pageOfCases = async (
  db: Db,
  { before, limit }: { readonly before?: { readonly at: string; readonly caseRef: string }; readonly limit: number },
): Promise<readonly CaseSummary[]> =>
  (
    await sql<CaseSummary>`
      select one.*, (select count(*) from investigator.case_report where case_ref = one.case_ref) as reports,
             (select count(*) from investigator.exhibit where case_ref = one.case_ref) as exhibits
        from investigator.case as one
       where ${before?.at ?? null}::timestamptz is null
          or (opened_at, case_ref) < (${before?.at ?? null}::timestamptz, ${before?.caseRef ?? null})
       order by opened_at desc, case_ref desc limit ${limit}`.execute(db)
  ).rows;

export interface ChronologyRow {
  readonly caseSeq: number;
  readonly at: UtcInstant;
  readonly type: string;
  readonly actor: string;
  readonly subjects: readonly string[];
}

/** What the log has of a case, by its place in the case, newest first. */
export const pageOfChronology = async (
  db: Db,
  caseRef: string,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<readonly ChronologyRow[]> =>
  (
    await sql<ChronologyRow>`
      select leaf.case_seq as "caseSeq", said ->> 'at' as at, said ->> 'type' as type, said ->> 'actor' as actor,
             coalesce((select array_agg(value) from jsonb_array_elements_text(said -> 'subjects')), '{}') as subjects
        from ledger.leaf join ledger.event on event.id = leaf.event_id, lateral (select entry::jsonb as said) as entry
       where leaf.case_ref = ${caseRef} and (${before ?? null}::bigint is null or leaf.case_seq < ${before ?? null})
       order by leaf.case_seq desc limit ${limit}`.execute(db)
  ).rows;

export interface PersonRow {
  readonly reportId: string;
  readonly reportNumber: string;
  readonly ordinal: number;
  readonly role: 'reported' | 'intended-recipient';
  readonly screenName: string | null;
  readonly espUserId: string | null;
  readonly espName: string | null;
  readonly addresses: number;
  readonly content: object;
}

/** Persons and accounts that the case's reports name, with how many addresses each was seen at. */
export const personsOfCase = async (db: Db, caseRef: string): Promise<readonly PersonRow[]> =>
  (
    await sql<PersonRow>`
      select person.report_id as "reportId", report.report_number as "reportNumber", person.ordinal, person.role,
             person.screen_name as "screenName", person.esp_user_id as "espUserId", report.esp_name as "espName",
             (select count(*) from investigator.source_capture seen
               where seen.report_id = person.report_id and owner = 'person' and owner_ordinal = person.ordinal
                 and seen.type = 'IP Address') as addresses, person.content
        from investigator.case_report linked
        join investigator.report report using (report_id)
        join investigator.person person using (report_id)
       where linked.case_ref = ${caseRef}
       order by report.order_in_desk, person.ordinal limit 2000`.execute(db)
  ).rows;

export interface DecisionRow {
  readonly decisionId: string;
  readonly step: string;
  readonly decidedAt: UtcInstant;
  readonly actor: string | null;
  readonly answer: 'allow' | 'deny' | 'needs';
  readonly rule: string;
  readonly authorityId: string | null;
  readonly group: string;
  readonly objects: number;
}

/** What was decided in a case, newest first, below `before`: the moment of a decision and its id. */
export const pageOfDecisions = async (
  db: Db,
  caseRef: string,
  { before, limit }: { readonly before?: { readonly at: string; readonly id: string }; readonly limit: number },
): Promise<readonly DecisionRow[]> =>
  (
    await sql<DecisionRow>`
      select decision_id as "decisionId", step, decided_at as "decidedAt", actor, answer, rule,
             authority_id as "authorityId", object_group as "group", objects
        from policy.decision
       where case_ref = ${caseRef} and (${before?.at ?? null}::timestamptz is null
             or (decided_at, decision_id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
       order by decided_at desc, decision_id desc limit ${limit}`.execute(db)
  ).rows;
