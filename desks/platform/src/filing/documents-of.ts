import { adviseOn, completenessFacts, predict, writeFileDetails, writeReport } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import type { DocumentsBody } from '../api/filings.js';
import type { Reporter } from '../deps.js';
import type { Filing } from '../queries/filings.js';
import { wasViewed } from '../queries/matches.js';
import { fileDetailsOf, type ReportedFile, reportOf } from './report-of.js';

/** Stands where the clearinghouse has not given a number yet. */
const notYet = '0';

/**
 * Letter by letter what goes to the clearinghouse, made by the code that sends it, with what an investigator will miss.
 * Numbers that the clearinghouse gives are 0 until it has.
 */
export const documentsOf = async (
  db: Db,
  filing: Pick<Filing, 'account' | 'opened_at' | 'report_number'>,
  files: readonly ReportedFile[],
  reporter: Reporter,
): Promise<DocumentsBody> => {
  const report = reportOf(filing, files, reporter);
  const numbered = { report_number: filing.report_number ?? notYet };
  const details = await Promise.all(
    files.map(async (file) => {
      const viewed = await wasViewed(db, file.sha256);
      return fileDetailsOf(numbered, { ...file, file_id: file.file_id ?? notYet }, viewed);
    }),
  );
  const draft = { report, files: details };
  return {
    report: { xml: writeReport(report), members: report },
    files: details.map((one, at) => ({
      match: files[at]?.id ?? '',
      name: files[at]?.name ?? '',
      xml: writeFileDetails(one),
      members: one,
    })),
    facts: [...completenessFacts(draft)],
    advice: [...adviseOn(draft)],
    label: predict(draft).label,
  };
};
