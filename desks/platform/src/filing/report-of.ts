import { type FileDetails, type FileId, type Report, type ReportNumber, writableText } from '@tutela/cybertip';
import type { Reporter } from '../deps.js';
import type { Filing, FilingFile } from '../queries/filings.js';

/** What of a file goes into a report; `file_id` once the clearinghouse has given one. */
export type ReportedFile = Omit<FilingFile, 'ordinal' | 'attempt' | 'described'>;

/** The report of an account. Moments are what they are called: an upload time only where it is known. */
export const reportOf = (
  filing: Pick<Filing, 'account' | 'opened_at'>,
  files: readonly ReportedFile[],
  reporter: Reporter,
): Report => {
  const uploads = files.flatMap((file) => file.uploaded_at ?? []).sort();
  const found = files.map((file) => file.found_at).sort();
  return {
    incidentSummary: {
      incidentType: 'Child Pornography (possession, manufacture, and distribution)',
      platform: reporter.service,
      incidentDateTime: uploads[0] ?? found[0] ?? filing.opened_at,
      incidentDateTimeDescription:
        uploads[0] === undefined
          ? 'Time of detection by the platform; the time of upload is not known.'
          : 'Time of the earliest upload by the account; files were detected later, see each file.',
    },
    reporter: { reportingPerson: { email: [{ value: reporter.email }] }, companyTemplate: reporter.company },
    personOrUserReported: [
      {
        espIdentifier: filing.account,
        espService: reporter.service,
        ipCaptureEvent: files.flatMap((file) => captureOf(file) ?? []),
      },
    ],
    additionalInfo: `${files.length} file(s) agree with a list of known material. How each was found stands with it.`,
  };
};

/** @param viewed whether anybody on the platform opened the original, computed from the record of views */
export const fileDetailsOf = (
  filing: Pick<Filing, 'report_number'>,
  file: ReportedFile,
  viewed: 'viewed' | 'not-viewed',
): FileDetails => {
  const capture = captureOf(file);
  return {
    reportId: filing.report_number as ReportNumber,
    fileId: file.file_id as FileId,
    originalFileName: writableText(file.name),
    ...(file.uploaded_at === null ? {} : { uploadedToEspTimestamp: file.uploaded_at }),
    fileViewedByEsp: viewed === 'viewed',
    fileRelevance: 'Reported',
    originalFileHash: [
      { hashType: 'SHA256', value: file.sha256.toString('hex') },
      { hashType: 'SHA1', value: file.sha1.toString('hex') },
      { hashType: 'MD5', value: file.md5.toString('hex') },
    ],
    ...(capture === undefined ? {} : { ipCaptureEvent: capture }),
    additionalInfo: [`Detected ${file.found_at}. ${howFound(file)} ${howConfirmed(file)}`],
  };
};

const captureOf = (file: ReportedFile) => {
  if (file.ip === null || file.uploaded_at === null) return undefined;
  const port = file.port === null ? {} : { port: file.port };
  return { ipAddress: file.ip, eventName: 'Upload' as const, dateTime: file.uploaded_at, ...port };
};

const howFound = (file: ReportedFile): string => {
  const where = `list ${JSON.stringify(file.list)}, line ${file.list_line}`;
  return file.kind === 'exact'
    ? `The file's ${file.list_kind.toUpperCase()} equals that of ${where}.`
    : `The picture's PDQ hash (quality ${file.quality ?? 'unknown'}) is ${file.distance ?? '?'} of 256 bits from that of ${where}, compared ${file.variant === 'original' ? 'as it is' : `turned (${file.variant})`}, decoded in mode ${file.decode}.`;
};

const howConfirmed = (file: ReportedFile): string =>
  file.basis === 'policy-exact'
    ? 'Confirmed by the policy for exact matches; nobody looked at it for this report.'
    : 'Confirmed by a person.';
