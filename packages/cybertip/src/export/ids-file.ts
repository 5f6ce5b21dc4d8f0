import type { JsonObject } from '@tutela/core';
import type { FileDetails } from '../schema/documents.js';
import type { FileId } from '../schema/values.js';
import { idsMoment, ipCapture, sourceInformation } from './captures.js';
import { additionalInformations, remainderOf } from './remainder.js';

/** A file of a report as the clearinghouse holds it. */
export interface ReceivedFile {
  readonly fileId: FileId;
  /** As it was uploaded under. */
  readonly name: string;
  /** 32 lower-case hexadecimal digits. */
  readonly md5: string;
  readonly details?: FileDetails;
}

/** `viewedByEsp` stays `null` when the reporter did not say: that is not the same as not viewed. */
export const idsFile = ({ fileId, name, md5, details }: ReceivedFile): JsonObject => ({
  filename: name,
  originalFilename: details?.originalFileName ?? null,
  submittalId: fileId,
  verificationHash: md5,
  industryClassification: details?.industryClassification ?? null,
  viewedByEsp: details?.fileViewedByEsp ?? null,
  exifViewedByEsp: details?.exifViewedByEsp ?? null,
  publiclyAvailable: details?.publiclyAvailable ?? null,
  uploadedToEsp: idsMoment(details?.uploadedToEspTimestamp),
  ncmecTags: null,
  espMetadata: metadata(details),
  sourceInformation: sourceInformation(
    details?.ipCaptureEvent === undefined ? [] : [ipCapture(details.ipCaptureEvent)],
  ),
  additionalInformations: additionalInformations([
    ...(details?.additionalInfo ?? []),
    ...remainderOf(details ?? {}, fileMembers),
  ]),
});

const fileMembers = [
  'reportId',
  'fileId',
  'originalFileName',
  'industryClassification',
  'fileViewedByEsp',
  'exifViewedByEsp',
  'publiclyAvailable',
  'uploadedToEspTimestamp',
  'originalFileHash',
  'details',
  'ipCaptureEvent',
  'additionalInfo',
];

const metadata = (details: FileDetails | undefined): JsonObject | null => {
  const upload = idsMoment(details?.uploadedToEspTimestamp);
  const metadatas = [
    ...(upload === null ? [] : [{ name: 'Upload Date and Time', value: upload }]),
    ...(details?.originalFileHash ?? []).map(({ hashType, value }) => ({ name: `Original ${hashType}`, value })),
    ...(details?.details ?? []).flatMap(({ type, nameValuePair }) =>
      nameValuePair.map((pair) => ({ ...pair, group: type ?? null })),
    ),
  ];
  return metadatas.length === 0 ? null : { metadatas };
};
