import type { FileRow } from '../../queries/listing.js';
import { type Block, facts, heading, note } from './blocks.js';
import { captureText, notStated, remainingFacts, textOr, yesNo } from './facts.js';

/** One block for each uploaded file. Whether it was viewed is the reporter's word: no word is not a no. */
export const uploadedFiles = (files: readonly FileRow[]): readonly Block[] =>
  files.length === 0
    ? [heading('Uploaded files'), note('No file was uploaded.')]
    : files.flatMap((file, at) => fileBlocks(file, at + 1, files.length));

const shown = [
  'reportId',
  'fileId',
  'originalFileName',
  'fileViewedByEsp',
  'exifViewedByEsp',
  'publiclyAvailable',
  'industryClassification',
  'uploadedToEspTimestamp',
  'ipCaptureEvent',
];

const fileBlocks = (file: FileRow, ordinal: number, count: number): readonly Block[] => {
  const details = file.details ?? undefined;
  return [
    heading(`Uploaded file ${ordinal} of ${count}`),
    facts(
      ['File name', textOr(file.name)],
      ['Original file name', textOr(details?.originalFileName)],
      ['Submittal ID', file.file_id],
      ['MD5', file.md5],
      ['SHA-256', file.sha256],
      ['Size', `${file.size} bytes`],
      ['Did the reporter view the entire contents?', yesNo(details?.fileViewedByEsp)],
      ['Did the reporter view the EXIF data?', yesNo(details?.exifViewedByEsp)],
      ['Publicly available', yesNo(details?.publiclyAvailable)],
      ['Industry classification', textOr(details?.industryClassification)],
      ['Uploaded to the reporter', textOr(details?.uploadedToEspTimestamp)],
      ['Received here', file.received_at],
      [
        'IP address of the upload',
        details?.ipCaptureEvent === undefined ? notStated : captureText(details.ipCaptureEvent),
      ],
      ...remainingFacts(details ?? {}, shown),
    ),
  ];
};
