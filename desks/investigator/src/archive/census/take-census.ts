import type { ArchiveDeps } from '../deps.js';
import { type CensusCounts, examineUnit } from './census-unit.js';
import { planCensus } from './plan-census.js';

export interface CensusInput {
  readonly caseRef: string;
  readonly unitFiles?: number;
}

/** Examines every archive of a case that was not examined yet, in this process. May be stopped and run again. */
export const takeArchiveCensus = async (
  deps: ArchiveDeps,
  { caseRef, unitFiles = 200 }: CensusInput,
): Promise<CensusCounts> => {
  let total: CensusCounts = { sets: 0, locked: 0, locks: 0, leads: 0, refused: 0, unread: 0 };
  for await (const unit of planCensus(deps.db, caseRef, { files: unitFiles })) {
    const counts = await examineUnit(deps, caseRef, unit);
    total = {
      sets: total.sets + counts.sets,
      locked: total.locked + counts.locked,
      locks: total.locks + counts.locks,
      leads: total.leads + counts.leads,
      refused: total.refused + counts.refused,
      unread: total.unread + counts.unread,
    };
  }
  return total;
};
