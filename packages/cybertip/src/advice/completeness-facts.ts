import { parseInstant } from '@tutela/core';
import type { FileDetails, Report } from '../schema/documents.js';
import type { Draft } from './completeness.js';
import { isIdentified } from './person-advice.js';

/**
 * What somebody needs in order to act on a report, one fact each (protocols.md §2.4 rows 2, 3, 5, 10 and 11). Of people
 * only the reported ones count: whoever was merely sent something is nobody to act against.
 */
export const completenessFactIds = [
  'user.identified',
  'user.contact',
  'user.located',
  'address.port',
  'material',
  'file.viewed-stated',
  'file.upload-time',
  'file.address',
  'file.original-hash',
  'incident.where',
  'incident.time-meaning',
] as const;
export type CompletenessFactId = (typeof completenessFactIds)[number];

export interface CompletenessFact {
  readonly id: CompletenessFactId;
  /** `not-applicable`: a fact of files, in a report of words. */
  readonly state: 'present' | 'absent' | 'not-applicable';
  /** Where the report has it, or would. */
  readonly path: string;
}

/** Every fact of completeness of a report, present or not, in the order of `completenessFactIds`. Pure. */
export const completenessFacts = (draft: Draft): readonly CompletenessFact[] =>
  completenessFactIds.map((id) => ({ id, ...look[id](draft) }));

type Seen = Omit<CompletenessFact, 'id'>;
type Person = NonNullable<Report['personOrUserReported']>[number];
type Capture = NonNullable<Person['ipCaptureEvent']>[number];

const people = '/report/personOrUserReported';

const look: Readonly<Record<CompletenessFactId, (draft: Draft) => Seen>> = {
  'user.identified': ({ report }) => seen(reported(report).some(isIdentified), people),
  'user.contact': ({ report }) =>
    seen(
      reported(report).some(({ personOrUserReportedPerson: person }) => person?.phone?.[0] ?? person?.email?.[0]),
      `${people}/personOrUserReportedPerson`,
    ),
  'user.located': (draft) =>
    seen(captures(draft).some(isTimed) || reported(draft.report).some(saysWhere), `${people}/ipCaptureEvent`),
  'address.port': (draft) =>
    seen(
      captures(draft).some((capture) => isTimed(capture) && capture.port !== undefined),
      `${people}/ipCaptureEvent/port`,
    ),
  material: ({ report, files }) => seen(files.length > 0 || hasWords(report), '/fileDetails'),
  'file.viewed-stated': (draft) => ofFiles(draft, 'fileViewedByEsp', (file) => file?.fileViewedByEsp !== undefined),
  'file.upload-time': (draft) =>
    ofFiles(draft, 'uploadedToEspTimestamp', (file) => isMoment(file?.uploadedToEspTimestamp)),
  'file.address': (draft) =>
    ofFiles(draft, 'ipCaptureEvent', (file) => file?.ipCaptureEvent !== undefined && isTimed(file.ipCaptureEvent)),
  'file.original-hash': (draft) =>
    ofFiles(draft, 'originalFileHash', (file) => (file?.originalFileHash?.length ?? 0) > 0),
  'incident.where': ({ report }) => seen((report.internetDetails ?? []).length > 0, '/report/internetDetails'),
  'incident.time-meaning': ({ report: { incidentSummary } }) =>
    seen(
      (incidentSummary.incidentDateTimeDescription ?? '').trim() !== '',
      '/report/incidentSummary/incidentDateTimeDescription',
    ),
};

const seen = (found: unknown, path: string): Seen => ({ state: found ? 'present' : 'absent', path });

const reported = ({ personOrUserReported = [] }: Report): readonly Person[] => personOrUserReported;

const captures = ({ report, files }: Draft): readonly Capture[] => [
  ...reported(report).flatMap(({ ipCaptureEvent = [] }) => ipCaptureEvent),
  ...files.flatMap((file) => file?.ipCaptureEvent ?? []),
];

const isMoment = (text: string | undefined): boolean => text !== undefined && parseInstant(text) !== undefined;
const isTimed = ({ dateTime }: Capture): boolean => isMoment(dateTime);

const saysWhere = ({ estimatedLocation, personOrUserReportedPerson: person }: Person): boolean =>
  estimatedLocation?.countryCode !== undefined ||
  (person?.address ?? []).some(({ country }) => country !== undefined) ||
  (person?.phone?.length ?? 0) > 0;

/** Whether any incident in the report quotes what was said. */
const hasWords = ({ internetDetails = [] }: Report): boolean =>
  internetDetails.some((incident) => Object.values(incident).some((of) => 'content' in of && of.content !== undefined));

/** A report of words alone has no files to describe; one with neither lacks them. */
const ofFiles = (
  { report, files }: Draft,
  member: keyof FileDetails,
  holds: (file: FileDetails | undefined) => boolean,
): Seen => {
  const path = `/fileDetails/${member}`;
  if (files.length === 0) return { state: hasWords(report) ? 'not-applicable' : 'absent', path };
  return seen(files.every(holds), path);
};
