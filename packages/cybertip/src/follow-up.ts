import { done, type Outcome, refused } from '@tutela/core';
import type { Report } from './schema/documents.js';
import type { ReportNumber } from './schema/values.js';

/**
 * The report that corrects or adds to one that was finished: nothing can be amended, so a new report names the earlier
 * one in `priorCTReports` and says in words what is different (protocols.md §1.4, §8.2).
 *
 * @param report what is to be said now, complete: it does not inherit anything
 * @param earlier numbers of the finished reports
 * @param correction for a person to read: what was wrong or is new
 */
export const followUp = (
  report: Report,
  earlier: readonly [ReportNumber, ...ReportNumber[]],
  correction: string,
): Outcome<Report, 'batched'> => {
  if (report.batchedReport !== undefined) {
    return refused('batched', 'a batched report may name nothing but identifiers: follow up with an ordinary report');
  }
  const [person = {}, ...others] = report.personOrUserReported ?? [];
  const priorCTReports = [...new Set([...(person.priorCTReports ?? []), ...earlier])];
  const heading = `Follow-up to report ${earlier.join(', ')}. ${correction}`;
  return done({
    ...report,
    personOrUserReported: [{ ...person, priorCTReports }, ...others],
    additionalInfo: report.additionalInfo === undefined ? heading : `${heading}\n\n${report.additionalInfo}`,
  });
};
