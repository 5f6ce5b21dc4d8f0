import type { FileId, ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

/** Digests in hexadecimal. `outcome` and `pdq`: null where nobody has looked, or the picture is featureless. */
export interface ReportedPicture {
  readonly sha256: string;
  readonly md5: string;
  readonly outcome: 'picture' | 'not-a-picture' | 'refused' | null;
  readonly pdq: string | null;
}

/** A file of a finished report. */
export const findReportedPicture = async (
  db: Db,
  reportNumber: ReportNumber,
  fileId: FileId,
): Promise<ReportedPicture | undefined> => {
  const { rows } = await sql<ReportedPicture>`
    select file.sha256, md5, outcome, encode(pdq, 'hex') as pdq
      from clearinghouse.file
      join clearinghouse.report using (report_number)
      left join clearinghouse.picture using (sha256)
     where report_number = ${reportNumber}::bigint and file_id = ${fileId} and state = 'finished'`.execute(db);
  return rows[0];
};
