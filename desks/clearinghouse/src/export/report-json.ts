import { type ReceivedFile, toIdsJson } from '@tutela/cybertip';
import type { FileRow } from '../queries/listing.js';
import type { Disclosure } from './disclose.js';

/** The JSON of a report: the same bytes alone and in a ZIP, so that whoever gets both knows them for one. */
export const reportJson = ({ reportNumber, finishedAt, organisation, report, files }: Disclosure): Buffer => {
  const received = { reportId: reportNumber, receivedAt: finishedAt, organisation, report };
  const json = toIdsJson({ ...received, files: files.map(receivedFile) });
  return Buffer.from(`${JSON.stringify(json, undefined, 2)}\n`, 'utf8');
};

const receivedFile = (row: FileRow): ReceivedFile => ({
  fileId: row.file_id,
  name: row.name,
  md5: row.md5,
  ...(row.details === null ? {} : { details: row.details }),
});
