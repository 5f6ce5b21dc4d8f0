import type { UtcInstant } from '@tutela/core';
import type { AuthorityId, AuthorityRecord } from './authority.js';

export type DeadlineKind = 'report-to-justice' | 'detention-end' | 'expiry' | 'retention';

export interface Deadline {
  readonly authority: AuthorityId;
  readonly caseRef: string;
  readonly kind: DeadlineKind;
  readonly at: UtcInstant;
}

/** Whether the report to a justice was filed (Criminal Code s. 489.1 and Form 5.2, for one). */
export type ReportFiled = { readonly kind: 'filed'; readonly at: UtcInstant } | { readonly kind: 'not-filed' };

/**
 * Every date that a verified authority sets, earliest first. An end of the authority takes away its expiry and nothing
 * else: what was seized under it is still detained.
 */
export const deadlinesOf = (
  { authority, verification, end }: AuthorityRecord,
  report: ReportFiled,
): readonly Deadline[] => {
  if (verification === undefined) return [];
  const deadline = (kind: DeadlineKind, at: UtcInstant | undefined): readonly Deadline[] =>
    at === undefined ? [] : [{ authority: authority.id, caseRef: authority.caseRef, kind, at }];
  return [
    ...deadline('report-to-justice', report.kind === 'filed' ? undefined : authority.reportToJustice?.due),
    ...deadline('detention-end', authority.detention?.until),
    ...deadline('expiry', end === undefined ? authority.to : undefined),
    ...deadline('retention', authority.retainUntil),
  ].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
};
