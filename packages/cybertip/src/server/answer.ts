import { writeReportDoneResponse, writeReportResponse } from '../documents.js';
import { type ResponseCodeName, responseCodes } from '../response-code.js';
import type { FileId, ReportNumber } from '../schema/values.js';

/** What the service says; `report-done` is `/finish`'s own document, which has no place for a description. */
export type Answer =
  | {
      readonly kind: 'coded';
      readonly code: ResponseCodeName;
      readonly description: string;
      readonly reportId?: ReportNumber;
      readonly fileId?: FileId;
      /** MD5 of the bytes received. */
      readonly hash?: string;
    }
  | {
      readonly kind: 'report-done';
      readonly code: ResponseCodeName;
      readonly reportId: ReportNumber;
      readonly files: readonly FileId[];
    };

const descriptions: Readonly<Record<ResponseCodeName, string>> = {
  success: 'Success',
  'server-error': 'Server error',
  'save-failed': 'Save failed',
  'upload-failed': 'Upload failed',
  'file-upload-failed': 'File upload failed',
  'resource-not-found': 'Resource not found',
  'update-failed': 'Update failed',
  'authentication-required': 'Authentication required',
  'not-authorised': 'Not authorized',
  'no-authority-to-submit': 'Not authorized to submit',
  'no-authority-to-update': 'Not authorized to update',
  'invalid-request': 'Invalid request',
  'validation-failed': 'Validation failed',
  'malformed-xml': 'Malformed XML',
  'malformed-file': 'Malformed file',
  'report-unknown': 'Report does not exist',
  'file-unknown': 'File does not exist',
  'report-retracted': 'Report already retracted',
  'report-finished': 'Report already finished',
};

/** An answer with the code's own words; `reason` follows on a new line. */
export const coded = (
  code: ResponseCodeName,
  more: {
    readonly reportId?: ReportNumber;
    readonly fileId?: FileId;
    readonly hash?: string;
    readonly reason?: string;
  } = {},
): Answer => {
  const { reason, ...ids } = more;
  const description = reason === undefined ? descriptions[code] : `${descriptions[code]}\n${reason}`;
  return { kind: 'coded', code, description, ...ids };
};

/** The answer's document. */
export const answerXml = (answer: Answer): string => {
  if (answer.kind === 'report-done') {
    const { code, reportId, files } = answer;
    return writeReportDoneResponse({ responseCode: responseCodes[code], reportId, files: { fileId: files } });
  }
  const { kind: _, code, description, ...ids } = answer;
  return writeReportResponse({ responseCode: responseCodes[code], responseDescription: description, ...ids });
};

/**
 * `modern`: the HTTP status follows the code, a bad password has an empty body. `legacy`: always 200, and a bad
 * password is explained in a body with code 1000 (protocols.md §1.2, §1.5).
 */
export type HttpStyle = 'modern' | 'legacy';

/** Only 400 with 4100 and 401 are documented; the rest follows from what the codes mean. */
export const httpStatusOf = (answer: Answer, style: HttpStyle): number => {
  if (style === 'legacy' || answer.code === 'success') return 200;
  if (answer.code === 'resource-not-found') return 404;
  const code = responseCodes[answer.code];
  if (code < 2000) return 500;
  if (code < 3000) return 401;
  return code < 4000 ? 403 : 400;
};
