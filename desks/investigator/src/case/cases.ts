import { done, type JsonObject, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent, type EventId, type WrittenEffect } from '@tutela/ledger/postgres';
import type { ReportId } from '../schema.js';
import { type CaseRow, findCase, hasReport, insertCase, insertCaseReport, lockCase, setClosed } from './queries.js';

/** Who acts, as a pseudonym, and when: of every act on a case. */
export interface By {
  readonly by: string;
  readonly at: UtcInstant;
}

export type OpenCaseFault = 'malformed-case' | 'known-already' | 'unknown-report';
export type CaseFault = 'unknown-case' | 'closed';

const caseRefForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * @param caseRef letters, digits, `.`, `_` and `-`, at most 100; it names the case everywhere and is no secret
 * @param reportId a report that it is opened with
 */
export const openCase = async (
  tx: Tx,
  {
    caseRef,
    title,
    reportId,
    by,
    at,
  }: By & { readonly caseRef: string; readonly title: string; readonly reportId?: ReportId },
): Promise<Outcome<CaseRow, OpenCaseFault>> => {
  if (!caseRefForm.test(caseRef) || title.trim() === '')
    return refused('malformed-case', 'a case needs a title, and a reference of letters, digits, ".", "_" and "-"');
  // Before anything is written, since a refusal undoes nothing.
  if (reportId !== undefined && (await hasReport(tx, reportId)) === 'not-here')
    return refused('unknown-report', `there is no report ${reportId}`);
  const row = await insertCase(tx, {
    case_ref: caseRef,
    title: title.trim(),
    opened_at: at,
    opened_by: by,
    closed_at: null,
    closed_by: null,
    closed_because: null,
  });
  if (row === undefined) return refused('known-already', `there is a case ${caseRef} already`);
  await recordCaseAct(tx, { type: 'case-opened', caseRef, by, at, payload: {}, effects: [caseEffect(caseRef)] });
  if (reportId !== undefined) await addReportToCase(tx, { caseRef, reportId, by, at });
  return done(row);
};

/** Nothing is added to a closed case; what is in it stays as it is. */
export const closeCase = async (
  tx: Tx,
  caseRef: string,
  { by, at, reason }: By & { readonly reason: string },
): Promise<Outcome<CaseRow, CaseFault>> => {
  const found = await lockOpenCase(tx, caseRef);
  if (found.kind !== 'done') return found;
  const closed = { closed_at: at, closed_by: by, closed_because: reason };
  await setClosed(tx, caseRef, closed);
  const effects = [caseEffect(caseRef)];
  await recordCaseAct(tx, { type: 'case-closed', caseRef, by, at, payload: { reason }, effects });
  return done({ ...found.value, ...closed });
};

/** Links a report that was imported. Linking it again changes nothing. */
export const addReportToCase = async (
  tx: Tx,
  { caseRef, reportId, by, at }: By & { readonly caseRef: string; readonly reportId: ReportId },
): Promise<Outcome<'linked' | 'linked-already', CaseFault | 'unknown-report'>> => {
  const found = await lockOpenCase(tx, caseRef);
  if (found.kind !== 'done') return found;
  if ((await hasReport(tx, reportId)) === 'not-here')
    return refused('unknown-report', `there is no report ${reportId}`);
  const row = { case_ref: caseRef, report_id: reportId, linked_at: at, linked_by: by };
  if ((await insertCaseReport(tx, row)) === undefined) return done('linked-already');
  await recordCaseAct(tx, {
    type: 'report-linked',
    caseRef,
    by,
    at,
    subjects: [`investigator/report/${reportId}`],
    payload: {},
    effects: [
      {
        kind: 'written',
        table: 'investigator.case_report',
        key: { case_ref: caseRef, report_id: reportId },
        columns: ['linked_at', 'linked_by'],
      },
    ],
  });
  return done('linked');
};

/** The case, held until the transaction ends. */
export const lockOpenCase = async (tx: Tx, caseRef: string): Promise<Outcome<CaseRow, CaseFault>> =>
  openOnly(await lockCase(tx, caseRef), caseRef);

/** The case as it stands; for acts that need no turn. */
export const findOpenCase = async (tx: Tx, caseRef: string): Promise<Outcome<CaseRow, CaseFault>> =>
  openOnly(await findCase(tx, caseRef), caseRef);

const openOnly = (row: CaseRow | undefined, caseRef: string): Outcome<CaseRow, CaseFault> => {
  if (row === undefined) return refused('unknown-case', `there is no case ${caseRef}`);
  return row.closed_at === null ? done(row) : refused('closed', `case ${caseRef} was closed at ${row.closed_at}`);
};

/** Tells the ledger of an act on a case whose rows are written, in its transaction. */
export const recordCaseAct = (
  tx: Tx,
  act: By & {
    readonly type: string;
    readonly caseRef: string;
    readonly subjects?: readonly string[];
    readonly payload: JsonObject;
    readonly effects: readonly WrittenEffect[];
  },
): Promise<EventId> =>
  appendEvent(tx, {
    type: `investigator.${act.type}`,
    actor: act.by,
    at: act.at,
    subjects: act.subjects ?? [`investigator/case/${act.caseRef}`],
    caseRef: act.caseRef,
    payload: act.payload,
    effects: act.effects,
  });

const caseEffect = (caseRef: string): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.case',
  key: { case_ref: caseRef },
  columns: ['title', 'opened_at', 'opened_by', 'closed_at', 'closed_by', 'closed_because'],
});
