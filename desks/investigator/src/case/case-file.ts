import type { Db } from '@tutela/db';
import {
  type CaseRow,
  type CustodyRow,
  type ExhibitRow,
  findCase,
  listCaseReports,
  listCustody,
  listExhibits,
} from './queries.js';

/** A case with what belongs to it. */
export interface CaseFile {
  readonly case: CaseRow;
  readonly reports: Awaited<ReturnType<typeof listCaseReports>>;
  readonly exhibits: readonly (ExhibitRow & { readonly custody: readonly CustodyRow[] })[];
}

export const readCaseFile = async (db: Db, caseRef: string): Promise<CaseFile | undefined> => {
  const found = await findCase(db, caseRef);
  if (found === undefined) return undefined;
  const [reports, exhibits] = await Promise.all([listCaseReports(db, caseRef), listExhibits(db, caseRef)]);
  const custody = await Promise.all(exhibits.map(({ exhibit_id }) => listCustody(db, exhibit_id)));
  return {
    case: found,
    reports,
    exhibits: exhibits.map((exhibit, at) => ({ ...exhibit, custody: custody[at] ?? [] })),
  };
};
