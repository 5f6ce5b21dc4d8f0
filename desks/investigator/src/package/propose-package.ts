import { done, type Outcome, refused } from '@tutela/core';
import type { PersonId } from '@tutela/policy';
import { type CaseParts, readCaseParts } from './case-parts.js';
import type { PackageDeskDeps } from './deps.js';
import { countGaps } from './queries.js';
import { type Selection, selectItems } from './select-items.js';

/** What a package of a case would hold if it were drafted now, and what the case lacks. Nothing is kept or recorded. */
export interface Proposal {
  readonly parts: CaseParts;
  readonly selection: Selection;
  readonly gaps: readonly Gap[];
}

export interface Gap {
  readonly code:
    | 'files-left-out'
    | 'exhibits-without-digest'
    | 'exhibits-without-custody'
    | 'observations-unconfirmed'
    | 'orders-unanswered'
    | 'passes-not-ended'
    | 'archives-locked'
    | 'seized-files-not-packed'
    | 'no-time-authority'
    | 'no-witness';
  readonly count: number;
}

export const proposePackage = async (
  deps: PackageDeskDeps,
  { caseRef, by }: { readonly caseRef: string; readonly by: PersonId },
): Promise<Outcome<Proposal, 'unknown-case'>> => {
  const parts = await readCaseParts(deps, caseRef);
  if (parts === undefined) return refused('unknown-case', `there is no case ${caseRef}`);
  const selection = await selectItems(deps.db, parts.items, { caseRef, by, at: deps.clock.now(), leaveOut: [] });
  const counted = await countGaps(deps.db, caseRef);
  const gaps: readonly Gap[] = [
    { code: 'files-left-out', count: selection.exclusions.length },
    { code: 'exhibits-without-digest', count: counted.exhibitsWithoutDigest },
    { code: 'exhibits-without-custody', count: counted.exhibitsWithoutCustody },
    { code: 'observations-unconfirmed', count: counted.observationsUnconfirmed },
    { code: 'orders-unanswered', count: counted.ordersUnanswered },
    { code: 'passes-not-ended', count: counted.passesNotEnded },
    { code: 'archives-locked', count: counted.archivesLocked },
    { code: 'seized-files-not-packed', count: counted.seizedFiles },
    { code: 'no-time-authority', count: deps.timeAuthorities().length === 0 ? 1 : 0 },
    { code: 'no-witness', count: deps.policy.witnesses.length === 0 ? 1 : 0 },
  ];
  return done({ parts, selection, gaps: gaps.filter(({ count }) => count > 0) });
};
