import type { FileDetails, Report } from '@tutela/cybertip';
import type { PlannedReport } from './plan.js';
import type { PictureContent } from './report-pictures.js';
import type { ReportKind } from './truth.js';

/** A report as its service files it: what /fileinfo says of each file but its number. */
export interface FiledReport {
  readonly report: Report;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly details: Omit<FileDetails, 'reportId' | 'fileId'>;
  }[];
}

type Summary = Report['incidentSummary'];
type Person = NonNullable<Report['personOrUserReported']>[number];
type Capture = NonNullable<Person['ipCaptureEvent']>[number];

/** RFC 5737: in no data that the world has. */
const nobodys = '203.0.113.77';

export const writeMadeReport = (
  { place, kind, reporter, user, other, common }: PlannedReport,
  { key, pictures }: { readonly key: string; readonly pictures: readonly PictureContent[] },
): FiledReport => {
  const captures = capturesOf(kind, captureOf(place, user.addresses), captureOf(place, other.addresses));
  const person: Person = { espIdentifier: user.account, ...(captures.length > 0 && { ipCaptureEvent: captures }) };
  const report: Report = {
    incidentSummary: { ...summaryOf(kind), incidentDateTime: momentOf(place) },
    internetDetails: detailsOf(kind, reporter, common),
    reporter: { reportingPerson: { email: [{ value: `safety@service-${reporter}.example` }] } },
    ...(kind === 'recipient-only'
      ? { intendedRecipient: [{ espIdentifier: user.account, ipCaptureEvent: captures }] }
      : kind !== 'nobody-named' && {
          personOrUserReported: [kind === 'compromised-account' ? { ...person, compromisedAccount: true } : person],
        }),
    ...(kind === 'victim-named' && { victim: [{ victimPerson: {}, screenName: `child-${place}` }] }),
    additionalInfo: key,
  };
  return {
    report,
    files: pictures.map(({ bytes }, at) => ({
      name: `${place}-${at}.jpg`,
      bytes,
      details: fileDetailsOf(kind, place),
    })),
  };
};

const summaryOf = (kind: ReportKind): Omit<Summary, 'incidentDateTime'> => {
  const incidentType = incidentTypes[kind] ?? 'Child Pornography (possession, manufacture, and distribution)';
  if (kind === 'escalated') return { incidentType, escalateToHighPriority: 'Synthetic: a child is with them tonight.' };
  if (kind === 'between-minors') return { incidentType, reportAnnotations: { minorToMinorInteraction: true } };
  return { incidentType };
};

const incidentTypes: Partial<Record<ReportKind, Summary['incidentType']>> = {
  travel: 'Child Sex Tourism',
  'plan-to-meet': 'Online Enticement of Children for Sexual Acts',
  'recipient-only': 'Unsolicited Obscene Material Sent to a Child',
};

const detailsOf = (kind: ReportKind, reporter: number, common: number): NonNullable<Report['internetDetails']> => {
  if (kind === 'plan-to-meet')
    return [{ chatImIncident: { content: 'Synthetic: shall we meet in person on Friday?' } }];
  const page =
    kind === 'told-again' ? `https://board.example/thread/${common}` : `https://service-${reporter}.example/`;
  return [{ webPageIncident: { url: [page] } }];
};

const capturesOf = (kind: ReportKind, own: Capture, others: Capture): readonly Capture[] => {
  if (kind === 'nowhere') return [];
  if (kind === 'two-countries') return [own, others];
  if (kind === 'behind-a-proxy') return [{ ...own, possibleProxy: true }];
  if (kind === 'address-of-nobody') return [{ ...own, ipAddress: nobodys }];
  return [own];
};

const captureOf = (place: number, addresses: readonly string[]): Capture => ({
  ipAddress: addresses[place % addresses.length] ?? nobodys,
  eventName: 'Upload',
  dateTime: momentOf(place),
  port: 1024 + (place % 60_000),
});

const fileDetailsOf = (kind: ReportKind, place: number): FiledReport['files'][number]['details'] => ({
  // Not stated by every tenth.
  ...(place % 10 !== 0 && { fileViewedByEsp: place % 10 < 7 }),
  uploadedToEspTimestamp: momentOf(place),
  ...(annotations[kind] && { fileAnnotations: annotations[kind] }),
});

const annotations: Partial<Record<ReportKind, FileDetails['fileAnnotations']>> = {
  'marked-viral': { viral: true },
  'live-streaming': { liveStreaming: true },
  'self-production': { possibleSelfProduction: true },
};

/** In 2025, one after another. */
const momentOf = (place: number): string =>
  new Date(Date.UTC(2025, 0, 1) + (place % 500_000) * 60_000).toISOString().replace('.000Z', 'Z');
